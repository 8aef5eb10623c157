import type { Comparison, Filter, RecordValues, Value } from '#sdk'

/** Whether a record meets a filter. Only two numbers or two texts are in any order. */
export function matchesFilter(filter: Filter, record: RecordValues): boolean {
  if ('all' in filter) return filter.all.every((part) => matchesFilter(part, record))
  if ('any' in filter) return filter.any.some((part) => matchesFilter(part, record))
  const value = record[filter.field] ?? null
  if (filter.op === 'in') return filter.values.some((wanted) => isEqual(value, wanted))
  return compares(value, filter.op, filter.value)
}

function compares(value: Value, op: Comparison, wanted: Value): boolean {
  if (op === '=') return isEqual(value, wanted)
  if (op === '!=') return !isEqual(value, wanted)
  const isText = typeof value === 'string' && typeof wanted === 'string'
  const isNumber = typeof value === 'number' && typeof wanted === 'number'
  if (!isText && !isNumber) return false
  if (op === '<') return value < wanted
  if (op === '<=') return value <= wanted
  return op === '>' ? value > wanted : value >= wanted
}

function isEqual(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

/** The fields that a filter looks at. */
export function filterFields(filter: Filter): string[] {
  if ('all' in filter) return filter.all.flatMap(filterFields)
  if ('any' in filter) return filter.any.flatMap(filterFields)
  return [filter.field]
}
