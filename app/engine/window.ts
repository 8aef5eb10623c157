import type { PageAccount, JobAccount, Slot } from './account.js'
import type { Mapped } from './transform.js'

interface Ahead {
  hash: string
  job: JobAccount
}

/** How far ahead a job's records are looked for at least, and where its ticket does not say more. */
const LEAST_REACH = 30_000
/** So many may have come to the source between them. After these, what is missing has left it. */
const NEWCOMERS = 20_000
/** Slots that left without having been indexed, before their places are given up: so many, and such a part. */
const [MOST_LEFT, LARGEST_PART] = [500, 1 / 8]

const isInside = (slot: Slot) => slot.place === 'entered'

/**
 * The records that are read but not settled: the ledger does not know them yet, so they are
 * asked first.
 */
export class Window {
  /** The latest slot of each key, and of each match value, among those that are indexed. */
  readonly #byKey = new Map<string, Slot>()
  readonly #byMatch = new Map<string, Slot>()
  /** In the order they entered. Of most records nobody asks before they leave, which spares the index. */
  #unindexed: Slot[] = []
  #leftUnindexed = 0
  readonly #ahead = new Map<string, Ahead[]>()
  /** Records of the source read since the start, and how many are read before the rest is given up. */
  #read = 0
  #reach = 0
  /** What left while somebody was asking. */
  #held: Slot[][] | null = null
  #holds = 0
  /** By key, who comes to hold the match value of a record once that is settled. */
  readonly heirs = new Map<string, Slot>()
  /** Who wants to know of records that were searched for and leave. */
  onLeave: (slot: Slot) => void = () => undefined

  enter(slot: Slot): void {
    slot.place = 'entered'
    this.#unindexed.push(slot)
  }

  ofKey(key: string): Slot | undefined {
    this.#index()
    return this.#byKey.get(key)
  }

  ofMatch(match: string): Slot | undefined {
    this.#index()
    return this.#byMatch.get(match)
  }

  leave(slots: Slot[]): void {
    if (this.#held) {
      this.#held.push(slots)
      return
    }
    for (const slot of slots) {
      if (slot.place === 'entered') this.#leftUnindexed++
      else if (slot.place === 'indexed') this.#forget(slot)
      slot.place = 'outside'
      if (this.heirs.size > 0) this.#disinherit(slot)
      if (slot.pair !== null) this.onLeave(slot)
    }
    if (this.#leftUnindexed > Math.max(MOST_LEFT, this.#unindexed.length * LARGEST_PART)) {
      this.#unindexed = this.#unindexed.filter(isInside)
      this.#leftUnindexed = 0
    }
  }

  #disinherit(slot: Slot): void {
    const { draft } = slot.claimant ?? slot.overtakes ?? slot
    if (this.heirs.get(draft.key) === slot) this.heirs.delete(draft.key)
  }

  #index(): void {
    if (this.#unindexed.length === 0) return
    for (const slot of this.#unindexed) {
      if (slot.place !== 'entered') continue
      slot.place = 'indexed'
      const { match, key } = slot.draft
      this.#byKey.set(key, slot)
      if (match) this.#byMatch.set(match, slot)
    }
    this.#unindexed = []
    this.#leftUnindexed = 0
  }

  #forget(slot: Slot): void {
    const { key, match } = slot.draft
    if (this.#byKey.get(key) === slot) this.#byKey.delete(key)
    if (match && this.#byMatch.get(match) === slot) this.#byMatch.delete(match)
  }

  /** From now on nobody leaves. */
  hold(): void {
    this.#holds++
    this.#held ??= []
  }

  unhold(): void {
    if (--this.#holds > 0) return
    const left = this.#held ?? []
    this.#held = null
    for (const slots of left) this.leave(slots)
  }

  /** `reach`: within how many records of the source these come, as far as that is known. */
  expectAll(slots: Slot[], job: JobAccount, reach: number | undefined): void {
    for (const slot of slots) this.#expect(slot, job)
    this.#reach = Math.max(this.#reach, Math.max(reach ?? 0, LEAST_REACH) + NEWCOMERS)
  }

  #expect(slot: Slot, job: JobAccount): void {
    const { key, hash } = slot.draft
    const expected = this.#ahead.get(key) ?? []
    expected.push({ hash, job })
    this.#ahead.set(key, expected)
    job.aheadLeft++
  }

  /** Whether a record is one that an adopted job carries already, and counts. */
  isCarried(mapped: Mapped, page: PageAccount): boolean {
    if (this.#ahead.size === 0) return false
    const expected = this.#ahead.get(mapped.draft.key)
    const index = expected?.findIndex((each) => each.hash === mapped.draft.hash) ?? -1
    if (!expected || index === -1) return false
    const [{ job }] = expected.splice(index, 1)
    if (expected.length === 0) this.#ahead.delete(mapped.draft.key)
    job.aheadLeft--
    job.lastPage = page.sequence
    return true
  }

  /** Whether an adopted job carries a record that comes later and holds the same match value. */
  isPassedOver({ draft: { key, match } }: Mapped): boolean {
    if (this.#ahead.size === 0 || !match) return false
    const holder = this.ofMatch(match)?.draft
    if (holder === undefined || holder.key === key) return false
    return this.#ahead.get(holder.key)?.some(({ hash }) => hash === holder.hash) ?? false
  }

  /** While carried records are still to come, no cursor between them may be stored. */
  endPage(page: PageAccount): void {
    if (this.#ahead.size === 0) return
    this.#read += page.read
    if (this.#read >= this.#reach) this.endReading()
    else page.isGlued = true
  }

  endReading(): void {
    for (const expected of this.#ahead.values()) {
      for (const { job } of expected) job.aheadLeft--
    }
    this.#ahead.clear()
  }
}
