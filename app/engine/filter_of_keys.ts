import type { Filter, StreamDescription, Value } from '#sdk'

/** The filter that finds the records with these keys, as `keyOf` wrote them. */
export function filterOfKeys(keys: string[], stream: StreamDescription): Filter {
  const [first, ...others] = stream.key
  if (others.length === 0) {
    return { field: first, op: 'in', values: keys.map((key) => typed(key, first, stream)) }
  }
  return { any: keys.map((key) => ({ all: conditions(key, stream) })) }
}

function conditions(key: string, stream: StreamDescription): Filter[] {
  const parts: unknown = JSON.parse(key)
  const values = Array.isArray(parts) ? (parts as Value[]) : []
  return stream.key.map((field, index) => ({ field, op: '=', value: values[index] ?? null }))
}

/** Only a key of one field lost its type on the way to text. */
function typed(key: string, name: string, stream: StreamDescription): Value {
  const type = stream.fields.find((field) => field.name === name)?.type
  if (type === 'integer' && Number.isSafeInteger(Number(key))) return Number(key)
  return type === 'boolean' ? key === 'true' : key
}
