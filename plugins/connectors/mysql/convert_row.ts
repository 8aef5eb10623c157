import type { RecordValues, Value } from '#sdk'
import type { Column, ColumnKind } from './column.js'
import { instantOf } from './instant.js'

/** A row as the driver gives it: text, numbers, and bytes. */
export type Row = { [name: string]: string | number | Buffer | null }

type Convert = (raw: string | number | Buffer) => Value

const CONVERSIONS: { [kind in ColumnKind]?: Convert } = {
  boolean: (raw) => (raw === 0 ? false : raw === 1 ? true : Number(raw)),
  bit: (raw) => Number(raw) === 1,
  instant: (raw) => instantOf(String(raw)),
  approximate: (raw) => plainDecimal(String(raw)),
  bytes: (raw) => (Buffer.isBuffer(raw) ? raw.toString('base64') : String(raw)),
  json: (raw) => parseJson(String(raw)),
  set: (raw) => (raw === '' ? [] : String(raw).split(',')),
}

/** Compiles the turning of rows into records. The row itself becomes the record: copying would cost most. */
export function rowConverter(columns: Column[]): (row: Row) => RecordValues {
  const steps = columns.flatMap(({ name, kind }) => {
    const convert = CONVERSIONS[kind]
    return convert ? [{ name, convert }] : []
  })
  return (row) => {
    const record = row as RecordValues
    for (const { name, convert } of steps) {
      const raw = row[name]
      if (raw !== null) record[name] = convert(raw)
    }
    return record
  }
}

/** "1.5e-7" → "0.00000015" */
export function plainDecimal(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(text)
  if (parts === null) return text
  const [, sign, whole, fraction = '', exponent] = parts
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Numbers that a double would round stay as their digits. */
function parseJson(text: string): Value {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key: string, value: Value, context?: { source?: string }) =>
    typeof value === 'number' && context?.source && String(value) !== context.source
      ? context.source
      : value
  )
}
