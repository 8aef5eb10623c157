import type { Value } from '#sdk'

const RISKY = /^[=+\-@\t\r]/
/** Nothing but digits and what stands between them: a number, a date or a telephone number. */
const HARMLESS = /^[+-]?[\d .,:/()-]*$/

/** What stands in a cell. A cell that would be run as a formula is made a text, unless it may stay. */
export function cellText(value: Value | undefined, keepsFormulas: boolean): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return keepsFormulas || !RISKY.test(text) || HARMLESS.test(text) ? text : `'${text}`
}
