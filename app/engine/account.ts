import type { Json, RecordValues } from '#sdk'
import { noCounters, type Counters, type OutcomeName } from './counters.js'
import type { Draft } from './draft.js'
import type { Fault, Link, LinkRows } from './ledger.js'
import { Tied } from './tied.js'

/**
 * A draft in the engine, with what became of it. A hundred thousand of them may be under way, so
 * that each holds for itself only what nearly all have.
 */
export class Slot extends Tied<Slot> {
  isDone = false
  /** What this record leaves; set when it is done. */
  result: Link | null = null
  /** Whether the window knows it, and whether it can be found there by key. */
  place: 'outside' | 'entered' | 'indexed' = 'outside'

  /**
   * @param account where its outcome is counted: its page, or the job that carries it
   * @param link what the ledger knew, or what an earlier record of the same key left
   */
  constructor(
    public draft: Draft,
    public account: Account,
    public link: Link | null
  ) {
    super()
  }
}

export function awaitSlot(slot: Slot, awaited: Slot): void {
  if (awaited.followers.length === 0) awaited.followers = [slot]
  else awaited.followers.push(slot)
  slot.waits++
}

/** A record that was known already: it needs no slot. */
export interface KnownRecord {
  source: RecordValues
  isArrived: boolean
}

/** Outcomes that are settled together. */
export class Account {
  counters: Counters = noCounters()
  links: LinkRows = { keys: [], matches: [], targetIds: [], hashes: [], states: [] }
  /** When each link row was concluded: of one key the last row counts. */
  order: number[] = []
  faults: Fault[] = []
  healed: string[] = []
  slots: Slot[] = []
  /** How many of these, from the first, have their links stored before the account is settled. */
  noted = 0
  /** Those that leave no link. */
  skipped: Slot[] = []
  /** Kept only where the source's records are flagged. */
  known: KnownRecord[] | null = null
  /** Records without an outcome. */
  pending = 0
  /** Holds a key that came before: the settlement must keep only its last state. */
  hasRepeats = false
  isSettled = false
  /** Jobs to be settled first, since a record here follows one of theirs. */
  readonly after = new Set<Account>()

  /** Pages are settled in the order of the source; a job may overtake them, and other jobs. */
  settleAfter(before: Account): void {
    const isOther = before !== this && !before.isSettled
    if (isOther && before instanceof JobAccount) this.after.add(before)
  }
}

/** A page of the source. Its cursor may be stored once all its records have outcomes. */
export class PageAccount extends Account {
  /** Records with outcomes of its own, or on their way to one. */
  records = 0
  /** Records that were read, also those that a job carries from an earlier attempt. */
  read = 0
  /** Letters of the JSON of its records, less those that hold it no more. */
  size = 0
  /** Records that hold no values any more, since the job that carried them is over. */
  light = 0
  /** Its cursor may not be stored alone: an open job carries records of the next page. */
  isGlued = false
  /** Records that are not as they were when a person approved them. */
  plannedAgain = 0

  constructor(
    readonly sequence: number,
    readonly cursor: Json
  ) {
    super()
  }

  count(outcome: OutcomeName): void {
    this.counters[outcome]++
    this.records++
  }
}

/** A job under way. Its pages' cursors may be stored already, since its drafts are. */
export class JobAccount extends Account {
  /** The last page of which the job carries records. The job is over only after that page is. */
  lastPage = -1
  /** Records of an adopted job that will be read once more. */
  aheadLeft = 0
  isCollected = false
  /** The page of each record it carries, in the order of its drafts; null where another job counts it. */
  origins: Array<PageAccount | null> = []

  constructor(readonly id: string) {
    super()
  }

  /** Takes records over from their pages. What another job counts stays with that one. */
  carry(slots: Slot[]): void {
    for (const slot of slots) {
      const page = slot.account
      if (!(page instanceof PageAccount)) {
        this.origins.push(null)
        continue
      }
      this.origins.push(page)
      page.pending--
      this.pending++
      slot.account = this
      if (page.hasRepeats) this.hasRepeats = true
    }
  }

  /** Hands links over, to be stored before the page is complete that the job shares with the next. */
  takeLinks(most: number): LinkRows {
    const { keys, matches, targetIds, hashes, states } = this.links
    this.order.splice(0, most)
    this.noted += Math.min(most, keys.length)
    return {
      keys: keys.splice(0, most),
      matches: matches.splice(0, most),
      targetIds: targetIds.splice(0, most),
      hashes: hashes.splice(0, most),
      states: states.splice(0, most),
    }
  }
}

/** Of one key, what comes later must be settled later. */
export function follow(slot: Slot, before: Slot): void {
  const { account } = before
  slot.account.hasRepeats = true
  if (account.isSettled) return
  slot.before = before
}

/** What came before records that are noted or settled counts no more. */
export function outdateBefore(slots: Slot[]): void {
  for (const slot of slots) {
    for (let each = slot.before; each; each = each.before) each.isOutdated = true
  }
}

/** They are settled: nothing comes before them any more. */
export function outdate(slots: Slot[]): void {
  outdateBefore(slots)
  for (const slot of slots) {
    slot.before = null
    slot.predecessor = null
  }
}
