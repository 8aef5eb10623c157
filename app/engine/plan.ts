import type { Operation, Route } from '#sdk'

export interface PlanStep {
  route: Route
  records: number
}

/** The most records that a route writes for one price. */
interface Portion {
  route: Route
  records: number
  cost: number
}

/** The cheapest way to write `count` records, and how it was found. */
interface Table {
  portions: Portion[]
  costs: Float64Array
  jobs: Float64Array
  steps: Float64Array
  chosen: Int32Array
}

/**
 * The cheapest sequence of calls and jobs for `count` records. Of equal prices the one with
 * fewer jobs, since calls answer at once; then the one with fewer calls.
 */
export function planWrites(routes: Route[], count: number, operation: Operation): PlanStep[] {
  const table = tabulate(routes, count, operation)
  if (table.portions.length === 0) return []
  const steps: PlanStep[] = []
  for (let left = count; left > 0;) {
    const portion = table.portions[table.chosen[left]]
    const records = Math.min(portion.records, left)
    steps.push({ route: portion.route, records })
    left -= records
  }
  return steps.sort((a, b) => rank(a) - rank(b) || b.records - a.records)
}

export function planCost(steps: PlanStep[]): number {
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
  const table = tabulate(routes, largest, operation)
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

function planOf(table: Table, count: number): Route[] {
  const routes: Route[] = []
  for (let left = count; left > 0;) {
    const portion = table.portions[table.chosen[left]]
    routes.push(portion.route)
    left -= portion.records
  }
  return routes
}

function rank(step: PlanStep): number {
  return step.route.kind === 'job' ? 0 : 1
}

function tabulate(routes: Route[], count: number, operation: Operation): Table {
  const portions = usable(routes, operation).flatMap((route) => portionsOf(route, count))
  const table: Table = {
    portions,
    costs: new Float64Array(count + 1),
    jobs: new Float64Array(count + 1),
    steps: new Float64Array(count + 1),
    chosen: new Int32Array(count + 1),
  }
  const jobs = portions.map((portion) => (portion.route.kind === 'job' ? 1 : 0))
  for (let n = 1; n <= count; n++) {
    table.costs[n] = Infinity
    for (const [index, portion] of portions.entries()) {
      const before = n > portion.records ? n - portion.records : 0
      const cost = table.costs[before] + portion.cost
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
function portionsOf(route: Route, count: number): Portion[] {
  const most = Math.min(route.maxRecords, count)
  const portions: Portion[] = []
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
