import { ConnectorError, type Operation, type Route } from '#sdk'
import type { Slot } from './account.js'
import { findIds, resolveDoubt } from './doubt.js'
import { findDoomed } from './find_doomed.js'
import { runJob } from './jobs.js'
import { resume, type Judged } from './match.js'
import type { Outbox } from './outbox.js'
import { breakEvenOf, planWrites, type BreakEven, type PlanStep } from './plan.js'
import type { Run } from './run.js'
import { sendCall } from './send.js'
import type { Settler } from './settler.js'

const JOBS_AT_ONCE = 2
/** Records read but neither settled nor waiting for a route, beyond which reading pauses. */
const MOST_UNSETTLED = 20_000

/** Holds what is to be sent until the cheapest way is certain, and keeps the routes busy. */
export class Dispatch implements Outbox {
  #queue: Slot[] = []
  #filling: Route | null = null
  readonly #routes: Route[]
  readonly #breakEven: BreakEven | null
  readonly #bulk: PlanStep | null
  readonly #underWay = new Map<Route, number>()

  constructor(
    readonly run: Run,
    readonly settler: Settler
  ) {
    this.#routes = run.routes
    if (this.#routes.length === 0) run.fail(noRoute(run))
    this.#breakEven = breakEvenOf(this.#routes, run.operation)
    this.#bulk = bulkStep(this.#routes, run.operation)
  }

  admit(judged: Judged[]): void {
    const doubts: Slot[] = []
    const finds: Slot[] = []
    for (const { slot, verdict } of judged) {
      if (verdict !== 'find') this.run.brake?.count(slot)
      if (verdict === 'send') this.#queue.push(slot)
      else if (verdict === 'doubt') doubts.push(slot)
      else finds.push(slot)
    }
    if (doubts.length > 0) this.run.spawn(() => resolveDoubt(this.run, this, doubts))
    const find = this.run.operation === 'delete' ? findDoomed : findIds
    if (finds.length > 0) this.run.spawn(() => find(this.run, this, finds))
    this.run.ring()
  }

  release(slots: Slot[]): void {
    const done = slots.filter((slot) => slot.isDone && slot.followers.length > 0)
    for (let slot = done.shift(); slot; slot = done.shift()) {
      for (const next of slot.followers.splice(0)) {
        const judged = resume(next, slot, this.run)
        if (judged) this.admit([judged])
        else if (next.isDone) done.push(next)
      }
    }
    this.settler.kick()
  }

  /** Sends what can be sent, and waits while too much is under way. */
  async advance(): Promise<void> {
    await this.#start(false)
    while (this.run.hasTasks && this.settler.unsettled - this.#queue.length > MOST_UNSETTLED) {
      await this.run.changed()
      await this.#start(false)
    }
  }

  /** Sends all the rest and waits until everything is settled. */
  async finish(): Promise<void> {
    for (;;) {
      await this.#start(true)
      this.settler.kick()
      this.run.assertGoing()
      if (!this.run.hasTasks && this.#queue.length === 0) {
        if (!this.settler.untangle()) break
      }
      await this.run.changed()
    }
    if (!this.settler.isEmpty) throw new Error('Records are left without an outcome')
  }

  async #start(isEnd: boolean): Promise<void> {
    if (!isEnd && this.run.brake?.isPeeking(this.run.recordsSeen)) return
    for (let step = this.#next(isEnd); step; step = this.#next(isEnd)) {
      while ((this.#underWay.get(step.route) ?? 0) >= roomOf(step.route)) {
        this.run.assertGoing()
        await this.run.changed()
      }
      this.#heedBrake(isEnd)
      this.run.assertGoing()
      const slots = this.#queue.splice(0, step.records)
      this.run.brake?.launched(slots)
      this.#launch(step.route, slots)
    }
    this.run.assertGoing()
  }

  #heedBrake(isEnd: boolean): void {
    const { run, settler } = this
    const struck = run.brake?.verdict(run.recordsSeen, settler.rejects, isEnd)
    if (struck) run.fail(struck)
  }

  #launch(route: Route, slots: Slot[]): void {
    const { run } = this
    const first = slots.filter((slot) => slot.tries === 0 && slot.jobFailures === 0).length
    if (first > 0) run.credits.planned += route.cost(first)
    run.stage = 'sending'
    this.#underWay.set(route, (this.#underWay.get(route) ?? 0) + 1)
    run.spawn(async () => {
      try {
        if (route.kind === 'call') await sendCall(run, this, route, slots)
        else await runJob(run, this, route, slots)
      } finally {
        this.#underWay.set(route, (this.#underWay.get(route) ?? 1) - 1)
      }
    })
  }

  /** The next batch, where it is certain: a full call, a full job, or the rest. */
  #next(isEnd: boolean): { route: Route; records: number } | null {
    const waiting = this.#queue.length
    if (waiting === 0 || this.#routes.length === 0) return null
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
    if (isEnd) return planWrites(this.#routes, waiting, this.run.operation)[0] ?? null
    if (this.#breakEven || !this.#bulk) return null
    const { route, records } = this.#bulk
    return waiting >= records ? { route, records } : null
  }
}

function noRoute({ target, operation }: Run): ConnectorError {
  const what = operation === 'delete' ? 'delete records' : `${operation} all mapped fields`
  const message = `'${target.name}' offers no way to ${what} with these options. Change the options, the mapping or the route.`
  return new ConnectorError('config', message)
}

/** The batch that is cheapest when records never end. */
function bulkStep(routes: Route[], operation: Operation): PlanStep | null {
  const most = Math.max(0, ...routes.map((route) => route.maxRecords))
  return planWrites(routes, most, operation)[0] ?? null
}

function roomOf(route: Route): number {
  return route.kind === 'job' ? Math.min(JOBS_AT_ONCE, route.concurrency) : route.concurrency
}
