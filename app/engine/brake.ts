import type { Slot } from './account.js'
import { recordsRead } from './counters.js'
import type { Draft } from './draft.js'
import type { Checkpoint } from './ledger.js'
import { isBeyondPlan, type ApprovedPlan } from './preview_approval.js'

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

/** Of a run over records that a person approved, only those that have changed since are counted. */
interface Occasion {
  isDeleting: boolean
  approved: ApprovedPlan | null
}

export class BrakeStruck extends Error {
  override name = 'BrakeStruck'
  constructor(
    readonly figures: BrakeFigures,
    occasion: Occasion
  ) {
    super(reasonOf(figures, occasion))
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
    { counters, jobs, ahead, plannedAgain }: Checkpoint,
    readonly occasion: Occasion
  ) {
    const { created, updated, deleted, failed, unclear } = counters
    const own = jobs.filter(({ isOfEarlierRun }) => !isOfEarlierRun)
    const carried = own.reduce((sum, job) => sum + job.drafts.length, 0)
    this.#readBefore = recordsRead(counters) + carried
    const sent = created + updated + deleted + failed + unclear + carried + (ahead ?? 0)
    const carriedAgain = own.flatMap(({ drafts }) => drafts).filter((draft) => this.#holds(draft))
    const again = Math.max(plannedAgain ?? 0, carriedAgain.length)
    this.#changes = occasion.approved === null ? sent : Math.min(sent, again)
    this.#sent = this.#changes
  }

  #holds(draft: Draft): boolean {
    const { approved } = this.occasion
    return approved === null || isBeyondPlan(draft, approved)
  }

  count(slot: Slot): void {
    if (!this.#holds(slot.draft) || this.#counted.has(slot)) return
    this.#counted.add(slot)
    this.#changes++
  }

  launched(slots: Slot[]): void {
    const first = slots.filter((slot) => slot.tries === 0 && slot.jobFailures === 0)
    this.#sent += first.filter(({ draft }) => this.#holds(draft)).length
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
    return new BrakeStruck(figures, this.occasion)
  }
}

function reasonOf(
  { changes, rejects, limits, read, isWhole }: BrakeFigures,
  { isDeleting, approved }: Occasion
): string {
  const number = (value: number): string => value.toLocaleString('en-GB')
  const over: string[] = []
  if (limits.changes !== null && changes > limits.changes) {
    const which = approved === null ? '' : ' that have changed since the preview'
    const what = isDeleting ? 'be deleted' : approved === null ? 'change' : 'be written'
    over.push(`${number(changes)}${which} would ${what}, where ${number(limits.changes)} may`)
  }
  if (limits.rejects !== null && rejects > limits.rejects) {
    over.push(`${number(rejects)} were rejected, where ${number(limits.rejects)} may be`)
  }
  return `Of ${isWhole ? 'all' : 'the first'} ${number(read)} records ${over.join(', and ')}`
}
