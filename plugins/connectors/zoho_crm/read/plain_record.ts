import type { Field, RecordValues, StreamDescription, Value } from '#sdk'
import { baseOf, isJoined } from './joined_name.js'

type Convert = (value: Value) => Value

const DIGITS = 9

function decimal(value: Value): Value {
  if (typeof value !== 'number') return value
  const text = String(value)
  return text.includes('e') ? value.toFixed(DIGITS).replace(/\.?0+$/, '') : text
}

/** Every route knows the id; the name is a field of its own where it is wanted. */
function reference(value: Value): Value {
  if (typeof value === 'string') return { id: value }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return typeof value.id === 'string' ? { id: value.id } : null
}

function conversion(field: Field): Convert | null {
  if (field.type === 'decimal') return decimal
  return field.type === 'lookup' ? reference : null
}

function nameOf(value: Value | undefined): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value.name ?? null
}

/** Turns rows as Zoho sends them into records as the engine knows them, wanted fields only. */
export function plainRecords(stream: StreamDescription, wanted: string[]) {
  const names = [...new Set(['id', ...wanted])]
  const plan = names.map((name) => {
    const field = stream.fields.find((each) => each.name === name)
    return { name, convert: field ? conversion(field) : null }
  })
  return (row: RecordValues): RecordValues => {
    const record: RecordValues = {}
    for (const { name, convert } of plan) {
      const isInLookup = row[name] === undefined && isJoined(name)
      const value = isInLookup ? nameOf(row[baseOf(name)]) : row[name]
      if (value !== undefined) record[name] = convert && value !== null ? convert(value) : value
    }
    return record
  }
}
