import type { Json } from '#sdk'
import { outdate, type JobAccount, type PageAccount, type Slot } from './account.js'
import type { Flags } from './flags.js'
import type { BatchReport, OpenJob, Settlement } from './ledger.js'
import { sizeOf } from './packed_draft.js'
import { completePages, nextReady, type Ready, type Unsettled } from './ready.js'
import type { Run } from './run.js'
import { earlyLinks, linksOnly, settlementOf } from './settlement.js'
import { storedTicket } from './stored_ticket.js'

/** What waits for more to be settled with it, while calls are under way: fewer records, fewer letters, not so long. */
const PATIENT = { records: 3_000, size: 4 * 1024 * 1024, milliseconds: 250 }
/** Records of jobs that are over, beyond which they count like any that are not settled. */
const MOST_LIGHT = 50_000

/** Stores outcomes page by page, in the order of the source, one settlement at a time. */
export class Settler {
  readonly #unsettled: Unsettled
  /** Counts the jobs of this run, and those it took up. */
  lastJob = 0
  #queue: Promise<unknown> = Promise.resolve()
  #isQueued = false
  readonly #submitting = { records: 0, size: 0 }
  /** After an error nobody knows whether the settlement was stored: it must not be stored twice. */
  #isBroken = false
  #settledAt: number

  constructor(
    readonly run: Run,
    public cursor: Json,
    readonly flags: Flags | null = null
  ) {
    this.#settledAt = run.input.world.now()
    const isRepeatable = run.isRepeatable && run.seeker === null
    this.#unsettled = { pages: [], jobs: [], settledPage: -1, isOrdered: true, isRepeatable }
    run.onQuiet = () => this.kick()
  }

  get pages(): PageAccount[] {
    return this.#unsettled.pages
  }

  get jobs(): JobAccount[] {
    return this.#unsettled.jobs
  }

  get isEmpty(): boolean {
    return this.pages.length === 0 && this.jobs.length === 0
  }

  /**
   * Records in pages that are not settled, and the letters of their JSON, apart from those that
   * wait for a route or, where these are more, those of jobs that are being submitted: reading
   * goes on beside either, not both. Those of jobs that are over hold little.
   */
  unsettledBeside(waiting: number, waitingSize: number): { records: number; size: number } {
    let records = -Math.max(waiting, this.#submitting.records)
    let size = -Math.max(waitingSize, this.#submitting.size)
    let light = 0
    for (const page of this.pages) {
      records += page.records
      size += page.size
      light += page.light
    }
    return { records: records - Math.min(light, MOST_LIGHT), size }
  }

  /** The outcomes of a job are known: its records hold no values any more. */
  lighten({ origins }: JobAccount, slots: Slot[]): void {
    for (const [index, page] of origins.entries()) {
      if (page === null || !slots[index].isDone) continue
      page.light++
      page.size -= sizeOf(slots[index])
    }
  }

  async whileSubmitting<Result>(slots: Slot[], work: () => Promise<Result>): Promise<Result> {
    const size = slots.reduce((sum, slot) => sum + sizeOf(slot), 0)
    this.#submitting.records += slots.length
    this.#submitting.size += size
    try {
      return await work()
    } finally {
      this.#submitting.records -= slots.length
      this.#submitting.size -= size
    }
  }

  /** Of this run, by all its attempts. */
  get rejects(): number {
    const waiting = [...this.pages, ...this.jobs]
    return waiting.reduce(
      (sum, { counters }) => sum + counters.rejected,
      this.run.counters.rejected
    )
  }

  /** Settles what is complete, soon: each settlement costs the server a commit. */
  kick(): void {
    if (this.#isQueued || this.#isBroken || !this.#next(true)) return
    this.#isQueued = true
    this.run.spawn(async () => {
      await this.exclusively(async () => {
        this.#isQueued = false
        await this.#settleReady(true)
      })
      this.kick()
    })
  }

  /** Settles all that is complete, and of the rest what the target holds. */
  async finish(): Promise<void> {
    await this.exclusively(async () => {
      await this.#settleReady(false)
      if (this.#isBroken) return
      const links = linksOnly(this.pages, this.run.takeBatches())
      if (links) await this.#store(links)
    })
  }

  /**
   * Stores a submitted job with the pages it completes. The job takes its records over only
   * here, so that no other settlement misses them. What submitting it cost comes last of its batches.
   */
  async storeJob(
    job: JobAccount,
    slots: Slot[],
    open: OpenJob,
    submission: BatchReport
  ): Promise<void> {
    await this.exclusively(async () => {
      this.run.charge(submission)
      if (this.#isBroken) return
      job.carry(slots)
      const carried = new Set(job.origins)
      const pages = completePages(this.#unsettled, Infinity, null)
      const last = this.pages.findLastIndex((page) => carried.has(page))
      job.lastPage = last === -1 ? -1 : this.pages[last].sequence
      for (const page of this.pages.slice(pages.length, Math.max(last, 0))) page.isGlued = true
      const before = pages.at(-1)?.cursor ?? this.cursor
      const left = this.pages.slice(pages.length)
      const settlement = settlementOf(pages, null, this.run.takeBatches())
      const carrying = { job, slots, order: ++this.lastJob }
      settlement.job = { ...open, ticket: storedTicket(open.ticket, before, carrying, left) }
      this.jobs.push(job)
      await this.#settle(settlement, pages, null)
    })
    this.kick()
  }

  /** While nothing is being settled. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #settleReady(isPatient: boolean): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const ready = this.#next(isPatient && !isFirst)
      if (!ready || this.#isBroken) return
      const { pages, job, isEarly } = ready
      if (job && isEarly) {
        await this.#store(earlyLinks(job))
        // A job may have been submitted meanwhile, and is followed once it is stored.
        if (isPatient) return
      } else await this.#settle(settlementOf(pages, job, this.run.takeBatches()), pages, job)
    }
  }

  /**
   * Jobs whose records repeat each other's keys can wait for one another; then the order of
   * their links gives way. Answers whether that helped.
   */
  untangle(): boolean {
    this.#unsettled.isOrdered = false
    const helps = this.#next(false) !== null
    this.kick()
    return helps
  }

  #next(isPatient: boolean): Ready | null {
    const ready = nextReady(this.#unsettled)
    const isPages = ready !== null && ready.job === null
    return isPages && isPatient && this.#canWait(ready.pages) ? null : ready
  }

  /** After a crash, what must not be sent again is looked for at the target: that never waits. */
  #canWait(pages: PageAccount[]): boolean {
    const { input, isRepeatable, isQuiet } = this.run
    if (!isRepeatable || isQuiet || this.jobs.length > 0) return false
    const records = pages.reduce((sum, page) => sum + page.records, 0)
    const size = pages.reduce((sum, page) => sum + page.size, 0)
    const waited = input.world.now() - this.#settledAt
    return (
      records < (input.leastSettled ?? PATIENT.records) &&
      size < PATIENT.size &&
      waited < PATIENT.milliseconds
    )
  }

  async #settle(
    settlement: Settlement,
    pages: PageAccount[],
    job: JobAccount | null
  ): Promise<void> {
    await this.#store(settlement)
    this.#unsettled.isOrdered = true
    this.#unsettled.pages = this.pages.slice(pages.length)
    if (pages.length > 0) {
      const last = pages[pages.length - 1]
      this.#unsettled.settledPage = last.sequence
      this.cursor = last.cursor
    }
    if (job) this.jobs.splice(this.jobs.indexOf(job), 1)
    const accounts = job ? [job, ...pages] : pages
    for (const account of accounts) {
      account.isSettled = true
      outdate(account.slots)
      this.run.window.leave(account.slots)
      if (account.skipped.length > 0) this.run.window.leave(account.skipped)
    }
    this.run.settled(settlement.counters)
    if (this.flags) await this.flags.settled(accounts)
  }

  async #store(settlement: Settlement): Promise<void> {
    const { input, timings } = this.run
    const started = input.world.now()
    this.#isBroken = true
    await input.ledger.settle(settlement)
    this.#isBroken = false
    this.#settledAt = input.world.now()
    timings.settle += this.#settledAt - started
  }
}
