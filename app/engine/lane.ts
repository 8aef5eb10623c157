import type { JobRoute, Operation, Route } from '#sdk'
import type { Slot } from './account.js'
import { sizeOf } from './packed_draft.js'
import { breakEvenOf, planWrites, type BreakEven, type PlanStep } from './plan.js'
import type { Writing } from './writes_of.js'

/**
 * Letters of JSON that wait for a job at most: what would be more goes as a smaller one. A runner
 * holds up to four such lots as bytes, and targets take files not much larger.
 */
const MOST_SIZE = 64 * 1024 * 1024

/** Records that wait to be written by one operation, until the cheapest way is certain. */
export class Lane {
  readonly #queue: Slot[] = []
  /** Letters of JSON that wait for a job. */
  size = 0
  #filling: Route | null = null
  /** For whose jobs records may wait in their thousands. */
  readonly jobRoute: JobRoute | null
  readonly #breakEven: BreakEven | null
  readonly #bulk: PlanStep | null

  constructor(
    readonly writing: Writing,
    readonly routes: Route[]
  ) {
    this.#breakEven = breakEvenOf(routes, writing.operation)
    this.#bulk = this.#breakEven ? null : bulkStep(routes, writing.operation)
    const route = (this.#breakEven ?? this.#bulk)?.route
    this.jobRoute = route?.kind === 'job' ? route : null
  }

  get isPatient(): boolean {
    return this.jobRoute !== null
  }

  get waiting(): number {
    return this.#queue.length
  }

  get queued(): readonly Slot[] {
    return this.#queue
  }

  add(slots: Slot[]): void {
    for (const slot of slots) {
      this.#queue.push(slot)
      if (this.isPatient) this.size += sizeOf(slot)
    }
  }

  take(records: number): Slot[] {
    const taken = this.#queue.splice(0, records)
    if (this.isPatient) for (const slot of taken) this.size -= sizeOf(slot)
    return taken
  }

  /** The next batch, where it is certain: a full call, a full job, or the rest. */
  next(isEnd: boolean): { route: Route; records: number } | null {
    const { waiting } = this
    if (waiting === 0 || this.routes.length === 0) return null
    const mustGo = isEnd || this.size >= MOST_SIZE
    if (this.#breakEven && waiting >= this.#breakEven.records) {
      this.#filling ??= this.#breakEven.route
    }
    if (this.#filling) {
      const records = Math.min(waiting, this.#filling.maxRecords)
      if (!mustGo && records < this.#filling.maxRecords) return null
      const route = this.#filling
      this.#filling = null
      return { route, records }
    }
    if (mustGo) return planWrites(this.routes, waiting, this.writing.operation)[0] ?? null
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
