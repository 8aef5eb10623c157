import { isDeepStrictEqual } from 'node:util'

/**
 * The order of rows: the template's where the tenant kept the order there was, else the tenant's.
 * What only the other side has follows what it follows there. Holds every row of either.
 */
export function mergeOrder(base: string[], mine: string[], theirs: string[]): string[] {
  const common = (list: string[], other: string[]) => list.filter((each) => other.includes(each))
  const isMoved = !isDeepStrictEqual(common(mine, base), common(base, mine))
  const [first, second] = isMoved ? [mine, theirs] : [theirs, mine]
  const order = [...new Set(first)]
  for (const [at, place] of second.entries()) {
    if (order.includes(place)) continue
    const before = second.slice(0, at).findLast((each) => order.includes(each))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, place)
  }
  return order
}
