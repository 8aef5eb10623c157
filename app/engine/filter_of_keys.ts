import type { Filter, StreamDescription } from '#sdk'
import { recordOfKey } from './record_of_key.js'

/** The filter that finds the records with these keys, as `keyOf` wrote them. */
export function filterOfKeys(keys: string[], stream: StreamDescription): Filter {
  const [first, ...others] = stream.key
  const records = keys.map((key) => recordOfKey(key, stream))
  if (others.length === 0) {
    return { field: first, op: 'in', values: records.map((record) => record[first] ?? null) }
  }
  return {
    any: records.map((record) => ({
      all: stream.key.map((field) => ({ field, op: '=', value: record[field] ?? null })),
    })),
  }
}
