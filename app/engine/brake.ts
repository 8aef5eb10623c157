import type { Slot } from './account.js'
import { recordsRead } from './counters.js'
import type { Checkpoint } from './ledger.js'

/** What a run may do before it asks. Null: any number. */
export interface BrakeLimits {
  /** Records created, updated or deleted. */
  changes: number | null
  rejects: number | null
  /** Records read before the first is sent, so that most runs know all their figures by then. */
  peek: number
}

/** Why a run stopped to ask. */
export interface BrakeFigures {
  changes: number
  rejects: number
  limits: Pick<BrakeLimits, 'changes' | 'rejects'>
  /** Records read by then. */
  read: number
  /** Whether that was all there is to read. */
  isWhole: boolean
  /** Of the changes, those that were under way to the target before. */
  sent: number
}

export class BrakeStruck extends Error {
  override name = 'BrakeStruck'
  constructor(
    readonly figures: BrakeFigures,
    isDeleting: boolean
  ) {
    super(reasonOf(figures, isDeleting))
  }
}

/**
 * Counts what a run is about to change. A record is counted before it may be sent, so that no
 * more than the limit is ever written without a yes.
 */
export class Brake {
  readonly #counted = new WeakSet<Slot>()
  readonly #readBefore: number
  #changes: number
  #sent: number

  /** Later attempts go on counting where the ledger stands. What an earlier run sent was let pass there. */
  constructor(
    readonly limits: BrakeLimits,
    { counters, jobs, ahead }: Checkpoint,
    readonly isDeleting = false
  ) {
    const { created, updated, deleted, failed, unclear } = counters
    const own = jobs.filter(({ isOfEarlierRun }) => !isOfEarlierRun)
    const carried = own.reduce((sum, job) => sum + job.drafts.length, 0)
    this.#readBefore = recordsRead(counters) + carried
    this.#changes = created + updated + deleted + failed + unclear + carried + (ahead ?? 0)
    this.#sent = this.#changes
  }

  count(slot: Slot): void {
    if (this.#counted.has(slot)) return
    this.#counted.add(slot)
    this.#changes++
  }

  launched(slots: Slot[]): void {
    this.#sent += slots.filter((slot) => slot.tries === 0 && slot.jobFailures === 0).length
  }

  isPeeking(read: number): boolean {
    return this.#sent === 0 && read - this.#readBefore < this.limits.peek
  }

  /** Null while it may go on. */
  verdict(read: number, rejects: number, isWhole: boolean): BrakeStruck | null {
    const limits = { changes: this.limits.changes, rejects: this.limits.rejects }
    const changes = this.#changes
    const isOver = changes > (limits.changes ?? Infinity) || rejects > (limits.rejects ?? Infinity)
    if (!isOver) return null
    const figures = { changes, rejects, limits, read, isWhole, sent: this.#sent }
    return new BrakeStruck(figures, this.isDeleting)
  }
}

function reasonOf(
  { changes, rejects, limits, read, isWhole }: BrakeFigures,
  isDeleting: boolean
): string {
  const number = (value: number): string => value.toLocaleString('en-GB')
  const over: string[] = []
  if (limits.changes !== null && changes > limits.changes) {
    over.push(
      `${number(changes)} would ${isDeleting ? 'be deleted' : 'change'}, where ${number(limits.changes)} may`
    )
  }
  if (limits.rejects !== null && rejects > limits.rejects) {
    over.push(`${number(rejects)} were rejected, where ${number(limits.rejects)} may be`)
  }
  return `Of ${isWhole ? 'all' : 'the first'} ${number(read)} records ${over.join(', and ')}`
}
