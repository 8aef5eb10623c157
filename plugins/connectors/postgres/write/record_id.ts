import type { RecordValues } from '#sdk'
import type { Column } from '../column.js'

/** As the engine writes keys: the one value, or a JSON list of several. */
export function recordId(key: Column[], record: RecordValues): string {
  const values = key.map(({ name }) => String(record[name]))
  return values.length === 1 ? values[0] : JSON.stringify(values)
}
