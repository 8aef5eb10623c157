import type { RecordValues, StreamDescription, Value } from '#sdk'

/** Takes the wanted fields of a row. `address.city` is a name, or the city of an address. */
export function recordMaker(stream: StreamDescription, fields: string[]) {
  const wanted = new Set([...fields, ...stream.key])
  const picked = stream.fields.filter((field) => wanted.has(field.name))
  return (row: Value): RecordValues =>
    Object.fromEntries(
      picked.map(({ name, type }) => [name, typed(valueIn(row, name) ?? null, type === 'decimal')])
    )
}

function valueIn(row: Value, name: string): Value | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined
  if (Object.hasOwn(row, name)) return row[name]
  const dot = name.indexOf('.')
  if (dot < 0 || !Object.hasOwn(row, name.slice(0, dot))) return undefined
  return valueIn(row[name.slice(0, dot)], name.slice(dot + 1))
}

function typed(value: Value, isDecimal: boolean): Value {
  return isDecimal && typeof value === 'number' ? String(value) : value
}
