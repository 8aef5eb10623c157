import type { Operation, Route } from '#sdk'
import type { Slot } from './account.js'
import { breakEvenOf, planWrites, type BreakEven, type PlanStep } from './plan.js'
import type { Writing } from './writes_of.js'

/** Records that wait to be written by one operation, until the cheapest way is certain. */
export class Lane {
  readonly queue: Slot[] = []
  #filling: Route | null = null
  readonly #breakEven: BreakEven | null
  readonly #bulk: PlanStep | null

  constructor(
    readonly writing: Writing,
    readonly routes: Route[]
  ) {
    this.#breakEven = breakEvenOf(routes, writing.operation)
    this.#bulk = this.#breakEven ? null : bulkStep(routes, writing.operation)
  }

  /** The next batch, where it is certain: a full call, a full job, or the rest. */
  next(isEnd: boolean): { route: Route; records: number } | null {
    const waiting = this.queue.length
    if (waiting === 0 || this.routes.length === 0) return null
    if (this.#breakEven && waiting >= this.#breakEven.records) {
      this.#filling ??= this.#breakEven.route
    }
    if (this.#filling) {
      const records = Math.min(waiting, this.#filling.maxRecords)
      if (!isEnd && records < this.#filling.maxRecords) return null
      const route = this.#filling
      this.#filling = null
      return { route, records }
    }
    if (isEnd) return planWrites(this.routes, waiting, this.writing.operation)[0] ?? null
    if (this.#breakEven || !this.#bulk) return null
    const { route, records } = this.#bulk
    return waiting >= records ? { route, records } : null
  }
}

/** The batch that is cheapest when records never end; where jobs pay, it is not asked for. */
function bulkStep(routes: Route[], operation: Operation): PlanStep | null {
  const most = Math.max(0, ...routes.map((route) => route.maxRecords))
  return planWrites(routes, most, operation)[0] ?? null
}
