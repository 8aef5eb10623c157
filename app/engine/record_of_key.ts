import type { RecordValues, StreamDescription, Value } from '#sdk'

/** The key fields of a record, from its key as `keyOf` wrote it. */
export function recordOfKey(key: string, stream: StreamDescription): RecordValues {
  const [first, ...others] = stream.key
  if (others.length === 0) return { [first]: typed(key, first, stream) }
  const parts: unknown = JSON.parse(key)
  const values = Array.isArray(parts) ? (parts as Value[]) : []
  return Object.fromEntries(stream.key.map((field, index) => [field, values[index] ?? null]))
}

/** Only a key of one field lost its type on the way to text. */
function typed(key: string, name: string, stream: StreamDescription): Value {
  const type = stream.fields.find((field) => field.name === name)?.type
  if (type === 'integer' && Number.isSafeInteger(Number(key))) return Number(key)
  return type === 'boolean' ? key === 'true' : key
}
