import type { Outgoing } from './outgoing.js'

/**
 * The time after which a record must not have changed in Zoho, in whole seconds as Zoho keeps
 * time; null where it has none.
 */
export function lockOf({ values }: Outgoing, field: string | null): string | null {
  const value = field === null ? null : values[field]
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) return null
  return new Date(time).toISOString().replace(/\.\d+Z$/, '+00:00')
}
