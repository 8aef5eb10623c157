import type { ReadQuery, ReadRoute, StreamDescription } from '#sdk'
import { planCost, planSteps } from './plan.js'

/** How a stream will be read, and what that costs. */
export interface ReadPlan {
  route: ReadRoute
  records: number | null
  calls: number
  credits: number
}

/** What a service asks of its reading. */
export interface ReadWish {
  route?: string
  live?: boolean
}

/**
 * The way with the fewest credits for `count` records; of equal prices one without a job, then
 * the one with fewer calls, then the first. Where the count is not known, the way that is
 * cheapest for a page. Null where no way suits.
 */
export function planRead(
  routes: ReadRoute[],
  query: ReadQuery,
  { wish, count }: { wish: ReadWish; count: number | null }
): ReadPlan | null {
  const plans = fitting(routes, query, wish).map((route) => priced(route, query, count))
  return plans.reduce<ReadPlan | null>(
    (best, plan) => (best === null || isBetter(plan, best) ? plan : best),
    null
  )
}

/** Whether the count decides anything, since asking for it may cost a credit. */
export function needsCount(routes: ReadRoute[], query: ReadQuery, wish: ReadWish): boolean {
  const ways = fitting(routes, query, wish)
  return ways.length > 1 || ways.some((route) => route.needsCount)
}

/** By so much a source changes between two reads, usually. */
const CHANGE = 0.1

/**
 * Whether the way that is chosen by an earlier number costs no more, should the source have
 * changed meanwhile, than asking for the true one.
 */
export function canTrust(
  routes: ReadRoute[],
  query: ReadQuery,
  wish: ReadWish,
  { likely, price }: { likely: number; price: number }
): boolean {
  const chosen = planRead(routes, query, { wish, count: likely })
  if (price === 0 || chosen === null || chosen.route.needsCount) return false
  return [1 - CHANGE, 1 + CHANGE].every((change) => {
    const count = Math.round(likely * change)
    const best = planRead(routes, query, { wish, count })
    const own = priced(chosen.route, query, count)
    return best !== null && own.credits - best.credits <= price
  })
}

export function whyNone(
  stream: StreamDescription,
  routes: ReadRoute[],
  query: ReadQuery,
  wish: ReadWish
): string {
  const names = routes.map((route) => route.name).join(', ')
  const wished = routes.filter(({ name }) => wish.route === undefined || name === wish.route)
  const reasons = wished.map((route) => route.unsuited?.(query) ?? null)
  const said = reasons.filter((reason) => reason !== null).join(' ')
  if (said !== '') return `'${stream.name}' cannot be read like this. ${said}`
  if (wish.route === undefined) return `'${stream.name}' offers no way to read what is asked for`
  return `'${stream.name}' cannot be read by '${wish.route}' here. It offers: ${names}.`
}

function fitting(routes: ReadRoute[], query: ReadQuery, wish: ReadWish): ReadRoute[] {
  return routes.filter(
    (route) =>
      (wish.route === undefined || route.name === wish.route) &&
      !(wish.live === true && route.isSnapshot) &&
      route.suits(query)
  )
}

function priced(route: ReadRoute, query: ReadQuery, records: number | null): ReadPlan {
  const { kind, maxRecords } = route
  const cost = (count: number) => route.cost(count, query)
  const steps = planSteps([{ kind, maxRecords, cost }], Math.max(1, records ?? query.pageSize))
  return {
    route,
    records,
    calls: steps.length,
    credits: planCost(steps) + (route.fee?.(query) ?? 0),
  }
}

function isBetter(plan: ReadPlan, best: ReadPlan): boolean {
  if (plan.credits !== best.credits) return plan.credits < best.credits
  if (plan.route.kind !== best.route.kind) return plan.route.kind === 'call'
  return plan.calls < best.calls
}
