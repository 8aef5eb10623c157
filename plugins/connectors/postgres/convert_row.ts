import type { RecordValues, Value } from '#sdk'
import type { Column } from './column.js'
import { instantOf } from './instant.js'

/** A row as the driver gives it: all text. */
export type Row = { [name: string]: string | null }

type Convert = (raw: string) => Value

function conversionOf({ kind, timeDigits }: Column): Convert | null {
  switch (kind) {
    case 'integer':
      return (raw) => (Number.isSafeInteger(Number(raw)) ? Number(raw) : raw)
    case 'approximate':
      return plainDecimal
    case 'boolean':
      return (raw) => raw === 't'
    case 'instant':
      return (raw) => instantOf(raw, timeDigits)
    case 'bytes':
      return (raw) => Buffer.from(raw.slice(2), 'hex').toString('base64')
    case 'json':
    case 'array':
      return parseJson
    default:
      return null
  }
}

/** Compiles the turning of rows into records. The row itself becomes the record: copying would cost most. */
export function rowConverter(columns: Column[]): (row: Row) => RecordValues {
  const steps = columns.flatMap((column) => {
    const convert = conversionOf(column)
    return convert ? [{ name: column.name, convert }] : []
  })
  return (row) => {
    const record: RecordValues = row
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
  if (!/\d{16}|\d[eE]/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key: string, value: Value, context?: { source?: string }) =>
    typeof value === 'number' && context?.source && mustStay(value, context.source)
      ? context.source
      : value
  )
}

function mustStay(value: number, source: string): boolean {
  return !Number.isFinite(value) || (/\d{16}/.test(source) && String(value) !== source)
}
