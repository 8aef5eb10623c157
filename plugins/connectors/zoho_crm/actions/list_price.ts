import type { HttpRequest } from '#sdk'

/** What a call costs, and whose places it shares. */
export type Price = Pick<HttpRequest, 'credits' | 'lane'>

const OF_VIEW = 3

/** A list that Zoho has to choose or to order is heavy, and one by a view is dearer too. */
export function listPrice(query: { [name: string]: unknown }): Price {
  if (isGiven(query.cvid)) return { credits: OF_VIEW, lane: 'heavy' }
  return isGiven(query.sort_by) ? { credits: 1, lane: 'heavy' } : { credits: 1 }
}

function isGiven(value: unknown) {
  return value !== undefined && value !== null && value !== ''
}
