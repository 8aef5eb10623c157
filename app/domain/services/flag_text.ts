import type { ServiceFlag, Value } from '#sdk'

/** What flags a record, as a person would say it. */
export function flagText({ field, set, unset }: ServiceFlag): string {
  const values = [shown('set', set), shown('unset', unset)].filter((text) => text !== '')
  return values.length === 0 ? field : `${field} (${values.join(', ')})`
}

function shown(word: string, value: Value | undefined): string {
  return value === undefined ? '' : `${word}: ${value === null ? 'empty' : String(value)}`
}
