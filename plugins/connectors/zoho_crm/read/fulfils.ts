import type { Filter, RecordValues, Value } from '#sdk'

function isSame(a: Value, b: Value) {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

function isOrdered(a: Value, op: '<' | '<=' | '>' | '>=', b: Value) {
  const areNumbers = typeof a === 'number' && typeof b === 'number'
  const areTexts = typeof a === 'string' && typeof b === 'string'
  if (!areNumbers && !areTexts) return false
  if (op === '<') return a < b
  if (op === '<=') return a <= b
  return op === '>' ? a > b : a >= b
}

/** Whether a record fulfils a filter as the SDK defines it, to the letter and the case. */
export function fulfils(record: RecordValues, filter: Filter): boolean {
  if ('all' in filter) return filter.all.every((each) => fulfils(record, each))
  if ('any' in filter) return filter.any.some((each) => fulfils(record, each))
  const value = record[filter.field] ?? null
  switch (filter.op) {
    case 'in':
      return filter.values.some((each) => isSame(value, each))
    case '=':
      return isSame(value, filter.value)
    case '!=':
      return !isSame(value, filter.value)
    default:
      return isOrdered(value, filter.op, filter.value)
  }
}

/** The fields that a filter looks at. */
export function fieldsOf(filter: Filter | null): string[] {
  if (filter === null) return []
  if ('all' in filter) return filter.all.flatMap(fieldsOf)
  return 'any' in filter ? filter.any.flatMap(fieldsOf) : [filter.field]
}
