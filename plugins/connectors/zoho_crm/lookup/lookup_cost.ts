import type { Match, StreamDescription } from '#sdk'
import { isQueryable } from './comparable.js'
import { MOST_VALUES } from './query_in.js'

/** A query for fifty values, if the first match field finds all. */
export function lookupCost(stream: StreamDescription, match: Match, values: number): number {
  const name = match.by === 'fields' ? match.fields[0] : null
  const field = stream.fields.find((each) => each.name === name)
  return field && isQueryable(field) ? Math.ceil(values / MOST_VALUES) : 0
}
