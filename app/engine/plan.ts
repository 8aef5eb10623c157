import type { Operation, Route } from '#sdk'

/** What the planner sees of a way to read or to write. */
export type Priced = Pick<Route, 'kind' | 'maxRecords' | 'cost'>

export interface PlanStep<Way extends Priced = Route> {
  route: Way
  records: number
}

/** The most records that a route moves for one price. */
interface Portion<Way> {
  route: Way
  records: number
  cost: number
}

/** The cheapest way to move `count` records, and how it was found. */
interface Table<Way> {
  portions: Portion<Way>[]
  costs: Float64Array
  jobs: Float64Array
  steps: Float64Array
  chosen: Int32Array
}

/**
 * The cheapest sequence of calls and jobs for `count` records. Of equal prices the one with
 * fewer jobs, since calls answer at once; then the one with fewer calls.
 */
export function planSteps<Way extends Priced>(routes: Way[], count: number): PlanStep<Way>[] {
  const table = tabulate(routes, count)
  if (table.portions.length === 0) return []
  const steps: PlanStep<Way>[] = []
  for (let left = count; left > 0;) {
    const portion = table.portions[table.chosen[left]]
    const records = Math.min(portion.records, left)
    steps.push({ route: portion.route, records })
    left -= records
  }
  return steps.sort((a, b) => rank(a) - rank(b) || b.records - a.records)
}

export function planWrites(routes: Route[], count: number, operation: Operation): PlanStep[] {
  return planSteps(usable(routes, operation), count)
}

export function planCost(steps: PlanStep<Priced>[]): number {
  return steps.reduce((sum, step) => sum + step.route.cost(step.records), 0)
}

export interface BreakEven {
  /** From so many records on, the cheapest plan begins with a job. */
  records: number
  route: Route
}

/** Null where jobs never pay. */
export function breakEvenOf(routes: Route[], operation: Operation): BreakEven | null {
  const jobs = usable(routes, operation).filter((route) => route.kind === 'job')
  if (jobs.length === 0) return null
  const largest = Math.max(...jobs.map((route) => route.maxRecords))
  const table = tabulate(usable(routes, operation), largest)
  for (let count = 1; count <= largest; count++) {
    if (table.jobs[count] === 0) continue
    const step = planOf(table, count).find((each) => each.kind === 'job')
    if (step) return { records: count, route: step }
  }
  return null
}

export function usable(routes: Route[], operation: Operation): Route[] {
  return routes.filter((route) => route.operations.includes(operation))
}

function planOf<Way>(table: Table<Way>, count: number): Way[] {
  const routes: Way[] = []
  for (let left = count; left > 0;) {
    const portion = table.portions[table.chosen[left]]
    routes.push(portion.route)
    left -= portion.records
  }
  return routes
}

function rank(step: PlanStep<Priced>): number {
  return step.route.kind === 'job' ? 0 : 1
}

function tabulate<Way extends Priced>(routes: Way[], count: number): Table<Way> {
  const portions = routes.flatMap((route) => portionsOf(route, count))
  const table: Table<Way> = {
    portions,
    costs: new Float64Array(count + 1),
    jobs: new Float64Array(count + 1),
    steps: new Float64Array(count + 1),
    chosen: new Int32Array(count + 1),
  }
  const jobs = portions.map((portion) => (portion.route.kind === 'job' ? 1 : 0))
  for (let n = 1; n <= count; n++) {
    table.costs[n] = Infinity
    // Without pairs of index and portion, of which a large table would make millions.
    let index = -1
    for (const { records, cost: price } of portions) {
      index++
      const before = n > records ? n - records : 0
      const cost = table.costs[before] + price
      if (cost > table.costs[n]) continue
      const jobCount = table.jobs[before] + jobs[index]
      const stepCount = table.steps[before] + 1
      const isBetter =
        cost < table.costs[n] ||
        jobCount < table.jobs[n] ||
        (jobCount === table.jobs[n] && stepCount < table.steps[n])
      if (!isBetter) continue
      table.costs[n] = cost
      table.jobs[n] = jobCount
      table.steps[n] = stepCount
      table.chosen[n] = index
    }
  }
  return table
}

/** One per price, since prices only grow: the cheapest plan never stops in the middle of one. */
function portionsOf<Way extends Priced>(route: Way, count: number): Portion<Way>[] {
  const most = Math.min(route.maxRecords, count)
  const portions: Portion<Way>[] = []
  for (let from = 1; from <= most;) {
    const cost = route.cost(from)
    let [same, above] = [from, most + 1]
    while (above - same > 1) {
      const middle = (same + above) >> 1
      if (route.cost(middle) === cost) same = middle
      else above = middle
    }
    portions.push({ route, records: same, cost })
    from = same + 1
  }
  return portions
}
