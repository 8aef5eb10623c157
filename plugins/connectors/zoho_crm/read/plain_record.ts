import type { Field, RecordValues, StreamDescription, Value } from '#sdk'
import { type Join, joinOf } from './join_of.js'
import type { People } from './people.js'

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

type Derive = (row: RecordValues) => Value

function partOf(value: Value | undefined, part: string): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value[part] ?? null
}

/** What a lookup shows of what it points to, or the directory of people knows. */
function derivation({ base, far, kind }: Join, people: People): Derive {
  if (kind !== 'person') return (row) => partOf(row[base], 'name')
  const part = far === 'email' ? 'email' : 'name'
  return (row) => {
    const known = people.get(String(partOf(row[base], 'id')))
    // A query shows but the last name.
    return known?.[part] ?? partOf(row[base], part)
  }
}

/** Turns rows as Zoho sends them into records as the engine knows them, wanted fields only. */
export function plainRecords(
  stream: StreamDescription,
  wanted: string[],
  people: People = new Map()
) {
  const names = [...new Set(['id', ...wanted])]
  const plan = names.map((name) => {
    const field = stream.fields.find((each) => each.name === name)
    const join = joinOf(stream, name)
    return {
      name,
      convert: field ? conversion(field) : null,
      derive: join && derivation(join, people),
    }
  })
  return (row: RecordValues): RecordValues => {
    const record: RecordValues = {}
    for (const { name, convert, derive } of plan) {
      const value = row[name] === undefined && derive ? derive(row) : row[name]
      if (value !== undefined) record[name] = convert && value !== null ? convert(value) : value
    }
    return record
  }
}
