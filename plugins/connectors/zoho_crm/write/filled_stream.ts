import type { StreamDescription, WriteBatch } from '#sdk'

const known = new WeakMap<string[], { stream: StreamDescription; filled: StreamDescription }>()

/** A stream with those of its fields alone that records of a batch may hold. */
export function filledStream({
  stream,
  fields,
}: Pick<WriteBatch, 'stream' | 'fields'>): StreamDescription {
  if (fields === undefined) return stream
  const before = known.get(fields)
  if (before?.stream === stream) return before.filled
  const filled = { ...stream, fields: stream.fields.filter(({ name }) => fields.includes(name)) }
  known.set(fields, { stream, filled })
  return filled
}
