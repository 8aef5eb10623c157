import { ConnectorError, type Compose, type Operation, type Route } from '#sdk'
import type { Slot } from './account.js'
import { findIds, resolveDoubt } from './doubt.js'
import { findDoomed } from './find_doomed.js'
import { runJob } from './jobs.js'
import { ExpectedReferences } from './expected_references.js'
import type { Lane } from './lane.js'
import { resume, type Judged } from './match.js'
import type { Outbox } from './outbox.js'
import { packValues } from './packed_draft.js'
import type { Run } from './run.js'
import { sendCall } from './send.js'
import type { Settler } from './settler.js'

const JOBS_AT_ONCE = 2
/**
 * Records read but neither settled nor waiting for a route, beyond which reading pauses. Beside a
 * job all of the next can be read; those that go by calls hold more each.
 */
const MOST_UNSETTLED = { byJobs: 30_000, byCalls: 20_000 }
/** The same in letters of their JSON. */
const MOST_SIZE = 16 * 1024 * 1024

/** Holds what is to be sent until the cheapest way is certain, and keeps the routes busy. */
export class Dispatch implements Outbox {
  readonly #lanes: Lane[]
  readonly #underWay = new Map<Route, number>()
  readonly #references: ExpectedReferences | null
  /** To set a flag, the source's values are needed as they are. */
  readonly #mayPack: boolean
  readonly #composers = new Map<Lane, Compose | null>()

  constructor(
    readonly run: Run,
    readonly settler: Settler
  ) {
    this.#lanes = run.lanes
    this.#references = ExpectedReferences.of(run)
    this.#mayPack = run.input.definition.source.flag === undefined
    const blocked = this.#lanes.find(({ routes }) => routes.length === 0)
    if (blocked) run.fail(noRoute(run, blocked.writing.operation))
  }

  admit(judged: Judged[]): void {
    const sent: Slot[] = []
    const doubts: Slot[] = []
    const finds: Slot[] = []
    for (const { slot, verdict } of judged) {
      if (verdict !== 'find') this.run.brake?.count(slot)
      if (verdict === 'send') sent.push(slot)
      else if (verdict === 'doubt') doubts.push(slot)
      else finds.push(slot)
    }
    this.#queue(sent)
    if (doubts.length > 0) this.run.spawn(() => resolveDoubt(this.run, this, doubts))
    const find = this.run.operation === 'delete' ? findDoomed : findIds
    if (finds.length > 0) this.run.spawn(() => find(this.run, this, finds))
    this.run.ring()
  }

  #queue(slots: Slot[]): void {
    if (slots.length === 0) return
    const [first, ...others] = this.#lanes
    const byLane =
      others.length === 0
        ? [[first, slots] as const]
        : Map.groupBy(slots, (slot) => this.run.laneOf(slot))
    for (const [lane, some] of byLane) {
      lane.add(some)
      if (lane.isPatient && this.#mayPack) packValues(some, this.#composerOf(lane))
    }
  }

  #composerOf(lane: Lane): Compose | null {
    const known = this.#composers.get(lane)
    if (known !== undefined) return known
    const { target, targetContext, fields, options } = this.run
    const batch = { stream: target, ...lane.writing, fields, options }
    const compose = lane.jobRoute?.compose?.(targetContext, batch) ?? null
    this.#composers.set(lane, compose)
    return compose
  }

  release(slots: Slot[]): void {
    const done = slots.filter(isFollowed)
    for (let slot = done.shift(); slot; slot = done.shift()) {
      for (const next of slot.followers.splice(0)) {
        const judged = resume(next, slot, this.run)
        if (judged) this.admit([judged])
        else if (next.isDone) done.push(next)
      }
    }
    this.settler.kick()
  }

  get #waiting(): number {
    return this.#lanes.reduce((sum, { waiting }) => sum + waiting, 0)
  }

  get #isTooMuch(): boolean {
    const size = this.#lanes.reduce((sum, lane) => sum + lane.size, 0)
    const unsettled = this.settler.unsettledBeside(this.#waiting, size)
    const most = this.#lanes.some(isPatient) ? MOST_UNSETTLED.byJobs : MOST_UNSETTLED.byCalls
    return unsettled.records > most || unsettled.size > MOST_SIZE
  }

  /** Sends what can be sent, and waits while too much is under way. */
  async advance(): Promise<void> {
    let changed = this.run.changed()
    await this.#start(false)
    while (this.run.hasTasks && this.#isTooMuch) {
      await changed
      changed = this.run.changed()
      await this.#start(false)
    }
  }

  /** Sends all the rest and waits until everything is settled. */
  async finish(): Promise<void> {
    for (;;) {
      // What happens while records are sent off must not go unheard.
      const changed = this.run.changed()
      await this.#start(true)
      this.settler.kick()
      this.run.assertGoing()
      if (!this.run.hasTasks && this.#waiting === 0) {
        if (!this.settler.untangle()) break
      }
      await changed
    }
    if (!this.settler.isEmpty) throw new Error('Records are left without an outcome')
  }

  async #start(isEnd: boolean): Promise<void> {
    if (!isEnd && this.run.brake?.isPeeking(this.run.recordsSeen)) return
    for (const lane of this.#lanes) await this.#startLane(lane, isEnd)
    this.run.assertGoing()
  }

  async #startLane(lane: Lane, isEnd: boolean): Promise<void> {
    for (let step = lane.next(isEnd); step; step = lane.next(isEnd)) {
      while ((this.#underWay.get(step.route) ?? 0) >= roomOf(step.route)) {
        this.run.assertGoing()
        await this.run.changed()
      }
      this.#heedBrake(isEnd)
      this.run.assertGoing()
      const slots = lane.take(step.records)
      await this.#references?.tell(lane, step.route, slots)
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
}

const isPatient = (lane: Lane) => lane.isPatient
const isFollowed = (slot: Slot) => slot.isDone && slot.followers.length > 0

function noRoute({ target }: Run, operation: Operation): ConnectorError {
  const what = operation === 'delete' ? 'delete records' : `${operation} all mapped fields`
  const message = `'${target.name}' offers no way to ${what} with these options. Change the options, the mapping or the route.`
  return new ConnectorError('config', message)
}

function roomOf(route: Route): number {
  return route.kind === 'job' ? Math.min(JOBS_AT_ONCE, route.concurrency) : route.concurrency
}
