import { ConnectorError, type FlagOutcome, type Flagging, type RecordValues } from '#sdk'
import type { Account } from './account.js'
import type { FlagReport } from './flag_report.js'
import { isFlagged, type FlagTerms } from './flag_terms.js'
import { keyOf } from './key.js'
import { isInPlace } from './ledger.js'
import { recordOfKey } from './record_of_key.js'
import { Patience } from './retry.js'
import type { End, World } from './sync_input.js'

/** The run, as far as its flags need it. */
export interface FlagHost {
  readonly isHalted: boolean
  spawn(work: () => Promise<void>): void
  rest(milliseconds: number): Promise<void>
  changed(): Promise<void>
  ring(): void
}

interface Wish {
  to: 'set' | 'unset'
  record: RecordValues
  wasFlagged: boolean
}

/** Flags that wait, beyond which nothing more is settled. */
const MOST_WAITING = 20_000

/**
 * Flags the records of the source, always after their outcomes are settled: what is lost between
 * the two is read again, found to be unchanged, and flagged then.
 */
export class Flags {
  readonly report: FlagReport
  readonly #patience: Patience
  #waiting: Wish[] = []
  #isBusy = false

  constructor(
    readonly host: FlagHost,
    readonly source: End,
    readonly flagging: Flagging,
    readonly terms: FlagTerms,
    readonly world: World,
    /** How the source held records that come with the run, by key; it is not read for them. */
    readonly originals: Map<string, RecordValues>,
    /** Only a run of certain records, such as a replay, comes across flagged ones. */
    readonly readsFlagged = false
  ) {
    this.#patience = new Patience(world, (milliseconds) => host.rest(milliseconds))
    const counts = { set: 0, unset: 0, changed: 0, gone: 0, left: 0 }
    this.report = { field: terms.field, ...counts, problem: null }
  }

  /** Takes what the ledger holds now. Waits while too much is under way. */
  async settled(accounts: Account[]): Promise<void> {
    for (const { known, slots } of accounts) {
      for (const { source, isArrived } of known ?? []) this.#want(source, isArrived)
      for (const { result, draft } of slots) {
        if (result === null) continue
        if (this.#isBare(draft.source)) this.#wantBare(draft.key, isInPlace(result.state))
        else this.#want(draft.source, isInPlace(result.state))
      }
    }
    this.#start()
    const isFull = () => this.#isBusy && this.#waiting.length > MOST_WAITING
    while (isFull() && !this.host.isHalted) await this.host.changed()
  }

  /** A job that another attempt sent comes without what the source held. */
  #isBare(source: RecordValues): boolean {
    return this.source.stream.key.some((field) => source[field] === undefined)
  }

  /** Whether it was flagged is not known. What arrived is flagged when it is read again. */
  #wantBare(key: string, isArrived: boolean): void {
    const isLeft = isArrived || this.report.problem !== null
    if (!isLeft && this.readsFlagged) this.#unset(recordOfKey(key, this.source.stream))
    else this.report.left++
  }

  #want(source: RecordValues, isArrived: boolean): void {
    const { key } = this.source.stream
    const wasFlagged = isFlagged(source[this.terms.field], this.terms)
    if (!isArrived && !wasFlagged) return
    if (this.report.problem !== null) {
      this.report.left++
      return
    }
    const record = this.originals.get(keyOf(source, key)) ?? source
    if (isArrived) this.#waiting.push({ to: 'set', record, wasFlagged })
    else this.#unset(record)
  }

  /** Whatever the record holds by now: it is to be read again. */
  #unset(record: RecordValues): void {
    const key = this.source.stream.key.map((field) => [field, record[field] ?? null])
    this.#waiting.push({ to: 'unset', record: Object.fromEntries(key), wasFlagged: true })
  }

  #start(): void {
    if (this.#isBusy || this.#waiting.length === 0 || this.host.isHalted) return
    this.#isBusy = true
    this.host.spawn(async () => {
      try {
        while (this.#waiting.length > 0 && !this.host.isHalted) await this.#flagNext()
      } finally {
        this.#isBusy = false
        this.host.ring()
      }
    })
  }

  async #flagNext(): Promise<void> {
    const [{ to }] = this.#waiting
    const other = this.#waiting.findIndex((wish) => wish.to !== to)
    const alike = other === -1 ? this.#waiting.length : other
    const wishes = this.#waiting.splice(0, Math.min(alike, this.flagging.maxRecords))
    const outcomes = await this.#flag(to, wishes)
    wishes.forEach((wish, index) => {
      const outcome = outcomes?.[index]
      if (outcome === undefined) this.report.left++
      else if (outcome === 'flagged') this.report[to]++
      else this.report[outcome]++
      if (outcome === 'changed' && wish.wasFlagged) this.#unset(wish.record)
    })
    this.host.ring()
  }

  /** Null where it failed, which the run tells: its records have arrived all the same. */
  async #flag(to: Wish['to'], wishes: Wish[]): Promise<FlagOutcome[] | null> {
    const { terms, world, host, flagging } = this
    const { ctx, stream } = this.source
    const value = to === 'unset' ? terms.unset : (terms.set ?? new Date(world.now()).toISOString())
    const records = wishes.map(({ record }) => record)
    const batch = { stream, field: terms.field, value, records }
    try {
      const call = () => flagging.flag(ctx, batch)
      const answer = await this.#patience.until(call, true, () => host.isHalted)
      return Array.isArray(answer) ? answer : null
    } catch (error) {
      if (host.isHalted) return null
      if (!(error instanceof ConnectorError)) throw error
      this.report.problem = error.message
      this.report.left += this.#waiting.splice(0).length
      return null
    }
  }
}
