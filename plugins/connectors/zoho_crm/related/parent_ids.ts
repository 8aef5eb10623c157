import type { Filter } from '#sdk'
import { PARENT } from './related_name.js'

const DIGITS = /^\d{1,19}$/

/** As numbers, which are too long to be numbers here. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b))
}

function named(filter: Filter): string[] | null {
  if ('all' in filter) {
    const found = filter.all.map(named).filter((ids) => ids !== null)
    return found.sort((a, b) => a.length - b.length)[0] ?? null
  }
  if ('any' in filter) {
    const found = filter.any.map(named)
    return found.every((ids) => ids !== null) ? found.flat() : null
  }
  if (filter.field !== PARENT.name) return null
  if (filter.op === 'in') return filter.values.map(String)
  return filter.op === '=' ? [String(filter.value)] : null
}

/** The records above that a filter is confined to, in the order of ids; null where it is not. */
export function parentIds(filter: Filter | null): string[] | null {
  const ids = filter === null ? null : named(filter)
  return ids && [...new Set(ids)].filter((id) => DIGITS.test(id)).sort(compareIds)
}
