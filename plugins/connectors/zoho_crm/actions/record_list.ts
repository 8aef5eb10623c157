import type { RecordValues, Value } from '#sdk'

/** One record or a list of them, as a list. */
export function recordList(value: Value): RecordValues[] {
  const list = Array.isArray(value) ? value : [value]
  return list.map((record) => Object(record))
}
