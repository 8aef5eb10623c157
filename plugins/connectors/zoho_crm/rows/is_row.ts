import type { RecordValues, Value } from '#sdk'

export function isRow(value: Value): value is RecordValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
