import type {
  Context,
  DuplicatePolicy,
  Operation,
  Route,
  ServiceMatch,
  StreamDescription,
  WriteBatch,
} from '#sdk'
import type { Slot } from './account.js'
import { Brake } from './brake.js'
import { addCounters, recordsRead, type Counters } from './counters.js'
import { Lane } from './lane.js'
import { LeaseLost } from './ledger.js'
import type { BatchReport, Checkpoint } from './ledger.js'
import type { PlannedReading } from './planned_reading.js'
import { approvedPlan, type ApprovedPlan } from './preview_approval.js'
import { Patience } from './retry.js'
import { searchPlanOf } from './search_plan.js'
import { Seeker } from './seeker.js'
import { suitableRoutes } from './suitable_routes.js'
import type { Progress, SyncInput, SyncReport } from './sync_input.js'
import { Window } from './window.js'
import { completeOptions } from './write_options.js'
import { purposeOf, writesOf } from './writes_of.js'

/** What all parts of one run share. */
export class Run {
  readonly window = new Window()
  readonly patience: Patience
  readonly credits = { planned: 0, spent: 0 }
  readonly timings = { read: 0, map: 0, match: 0, send: 0, settle: 0 }
  readonly batches: BatchReport[] = []
  /** Those not yet part of a settlement. */
  newBatches: BatchReport[] = []
  counters: Counters
  recordsSeen: number
  brake: Brake | null = null
  /** Null unless it began to read by a plan. */
  reading: PlannedReading | null = null
  /** Null where nobody approved its records. */
  readonly approved: ApprovedPlan | null
  /** Whether every way to write may be repeated. */
  readonly isRepeatable: boolean
  stage: Progress['stage'] = 'reading'
  /** The first error; nothing is sent after it. */
  failure: { error: unknown } | null = null
  readonly #resolvers: Array<() => void> = []
  #tasks = 0
  #resting = 0
  /** Who wants to know when nothing is under way. */
  onQuiet: () => void = () => undefined
  #halt: (error: unknown) => void = () => undefined
  /** Rejects with the first error. */
  readonly halted = new Promise<never>((_, reject) => (this.#halt = reject))

  /** What the ledger remembers of a record that is done. */
  readonly whenDone: 'sent' | 'deleted'
  readonly options: WriteBatch['options']
  /** Those of the target that the mapping fills. */
  readonly fields: string[]
  /** One per operation; each with the ways to write that can do all that the service wants of them. */
  readonly lanes: Lane[]
  /** Null where records are not matched by a search. */
  readonly seeker: Seeker | null
  readonly duplicates: DuplicatePolicy
  readonly overtakers = new Set<string>()
  readonly overtaken = new Set<string>()
  /** What the target holds stays as it is. */
  readonly neverUpdates: boolean

  constructor(
    readonly input: SyncInput,
    counters: Counters
  ) {
    this.patience = new Patience(input.world, (milliseconds) => this.rest(milliseconds))
    this.counters = counters
    this.whenDone = this.operation === 'delete' ? 'deleted' : 'sent'
    this.approved = approvedPlan(input.approved ?? null)
    const { access, stream } = input.target
    const options = access.writeOptions?.(stream) ?? []
    this.options = completeOptions(options, input.definition.target.options)
    const { definition } = input
    this.fields = definition.mapping.map(({ to }) => to)
    const writes = writesOf(definition.target)
    this.lanes = writes.map((writing) => {
      const routes = suitableRoutes(input.target.routes, definition, this.options, writing)
      return new Lane(writing, routes)
    })
    this.duplicates = definition.source.duplicates ?? 'reject'
    this.neverUpdates = purposeOf(definition.target) === 'insert'
    const search = searchPlanOf(input)
    this.seeker = search && new Seeker(this, search)
    if (this.seeker) this.window.onLeave = (slot) => this.seeker?.leave(slot)
    this.halted.catch(() => undefined)
    this.recordsSeen = recordsRead(counters)
    this.isRepeatable = writes.every(({ operation }) =>
      input.target.routes
        .filter((route) => route.operations.includes(operation))
        .every((route) => this.mayRepeat(route, operation))
    )
    if (input.signal.aborted) this.fail(input.signal.reason)
    input.signal.addEventListener('abort', () => this.fail(input.signal.reason), { once: true })
  }

  /** From here on the brake counts, if the run has one. */
  arm(checkpoint: Checkpoint): void {
    const { operation, approved } = this
    const { brake } = this.input
    const isDeleting = operation === 'delete'
    if (brake) this.brake = new Brake(brake, checkpoint, { isDeleting, approved })
  }

  get operation(): Operation {
    return this.input.definition.target.operation
  }

  get match(): ServiceMatch {
    return this.input.definition.target.match
  }

  /** What is found by a search is written by its id, and the rest is put in. */
  laneOf(slot: Slot): Lane {
    if (this.lanes.length === 1) return this.lanes[0]
    return this.lanes[slot.draft.targetId === null ? 0 : 1]
  }

  /** Of records that are written together, which share a lane. */
  operationOf([first]: Slot[]): Operation {
    return this.laneOf(first).writing.operation
  }

  get isHalted(): boolean {
    return this.failure !== null
  }

  /** Whether a write may be repeated without doubling a record. What is gone stays gone. */
  mayRepeat(route: Route, operation: Operation): boolean {
    return operation === 'delete' || route.idempotent.includes(operation)
  }

  fail(error: unknown): void {
    if (this.failure === null || error instanceof LeaseLost) this.failure = { error }
    this.#halt(error)
    this.ring()
  }

  assertGoing(): void {
    if (this.failure) throw this.failure.error
  }

  /** Work that goes on beside the reading. */
  spawn(work: () => Promise<void>): void {
    this.#tasks++
    work()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#tasks--
        this.#look()
      })
  }

  get hasTasks(): boolean {
    return this.#tasks > 0
  }

  /** Sleeps; a run that ends does not wait for it. `heard` is that of the world's sleep. */
  async rest(milliseconds: number, heard?: number): Promise<void> {
    this.#resting++
    this.#look()
    try {
      await this.input.world.sleep(milliseconds, heard)
    } finally {
      this.#resting--
    }
  }

  /** Until something happened: an answer, a settlement, an error. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#resolvers.push(resolve))
  }

  ring(): void {
    for (const resolve of this.#resolvers.splice(0)) resolve()
  }

  #look(): void {
    if (this.isQuiet) this.onQuiet()
    this.ring()
  }

  /** Nothing is under way, or all of it sleeps. */
  get isQuiet(): boolean {
    return this.#tasks <= this.#resting
  }

  /** Waits for the calls under way, but not for what sleeps. */
  async quiet(): Promise<void> {
    while (!this.isQuiet) await this.changed()
  }

  settled(counters: Counters): void {
    this.counters = addCounters(this.counters, counters)
    this.tell()
  }

  tell(): void {
    const { counters, credits, stage } = this
    const underWay = Math.max(0, this.recordsSeen - recordsRead(counters))
    const ahead = this.reading === null ? {} : { ahead: this.reading.left.credits }
    this.input.progress({ stage, counters, underWay, credits: { ...credits, ...ahead } })
  }

  report(cursor: SyncReport['cursor']): SyncReport {
    const { counters, credits, batches, timings } = this
    return { counters, credits, batches, timings, cursor }
  }

  timed<T>(stage: keyof SyncReport['timings'], work: () => T): T {
    const started = this.input.world.now()
    const stop = (): void => {
      this.timings[stage] += this.input.world.now() - started
    }
    const result = work()
    if (result instanceof Promise) result.then(stop, stop)
    else stop()
    return result
  }

  charge(report: BatchReport): void {
    this.credits.spent += report.credits
    this.batches.push(report)
    this.newBatches.push(report)
  }

  takeBatches(): BatchReport[] {
    const batches = this.newBatches
    this.newBatches = []
    return batches
  }

  get target(): StreamDescription {
    return this.input.target.stream
  }

  get targetContext(): Context {
    return this.input.target.ctx
  }
}
