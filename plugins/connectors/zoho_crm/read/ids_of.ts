import type { Filter } from '#sdk'

const DIGITS = /^\d{1,19}$/

/** The record ids that a filter is confined to; null where it is not. */
export function idsOf(filter: Filter | null): string[] | null {
  if (filter === null || 'any' in filter) return null
  if ('all' in filter) {
    const found = filter.all.map(idsOf).filter((ids) => ids !== null)
    return found.sort((a, b) => a.length - b.length)[0] ?? null
  }
  if (filter.field !== 'id' || (filter.op === 'in') === (filter.op === '=')) return null
  const values = 'values' in filter ? filter.values : [filter.value]
  return [...new Set(values.map(String))].filter((id) => DIGITS.test(id)).sort()
}
