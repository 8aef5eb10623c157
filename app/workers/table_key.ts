import type { Value } from '#sdk'

/** As a table of values looks one up; an empty text where there is none. */
export function tableKey(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
