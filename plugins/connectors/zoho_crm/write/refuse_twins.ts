import type { StreamDescription } from '#sdk'
import { comparison } from '../lookup/comparable.js'
import type { Outgoing } from './outgoing.js'

/**
 * Zoho would take the second of two records with one value of a unique field for the first one
 * and write over it, whatever the records are matched by.
 */
export function refuseTwins(stream: StreamDescription, all: Outgoing[], matchedBy: string[]) {
  const unique = stream.fields.filter(
    (field) => field.unique && field.name !== 'id' && !matchedBy.includes(field.name)
  )
  for (const field of unique) {
    const holders = new Set<string>()
    for (const outgoing of all) {
      if (outgoing.fault) continue
      const value = comparison(field, outgoing.values[field.name])
      if (value === null) continue
      if (!holders.has(value)) {
        holders.add(value)
        continue
      }
      outgoing.refuse({
        state: 'rejected',
        code: 'DUPLICATE_IN_BATCH',
        field: field.name,
        message: `${field.name} must be unique, and another record sent with this one has the same value. Give each its own, or map the field to nothing.`,
      })
    }
  }
}
