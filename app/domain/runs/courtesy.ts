import { setTimeout as wait } from 'node:timers/promises'

/** Settled records beyond which a run is large. */
const LARGE = 20_000
/** Milliseconds for which a run that began counts as short, and for which a large one rests. */
const SHORT = 3_000
const [LEAST_PAUSE, LONGEST_PAUSE] = [500, 2_000]
const PAUSE_PER_RECORD = 0.5

interface Standing {
  since: number
  records: number
}

/**
 * A large run lets short ones pass: while some are under way beside it, it rests after each of
 * its settlements. It goes on meanwhile, slowly, and two large runs never wait for each other.
 */
export class Courtesy {
  readonly #runs = new Map<string, Standing>()

  began(token: string, now: number): void {
    this.#runs.set(token, { since: now, records: 0 })
  }

  ended(token: string): void {
    this.#runs.delete(token)
  }

  /** How long the run under a lease rests after a settlement of so many records, in milliseconds. */
  restOf(token: string, records: number, now: number): number {
    const own = this.#runs.get(token)
    if (own === undefined) return 0
    own.records += records
    if (own.records <= LARGE) return 0
    const isPassed = [...this.#runs.values()].some(
      (other) => other !== own && other.records <= LARGE && now - other.since < SHORT
    )
    if (!isPassed) return 0
    return Math.min(LONGEST_PAUSE, Math.max(LEAST_PAUSE, records * PAUSE_PER_RECORD))
  }

  async settled(token: string, records: number): Promise<void> {
    const rest = this.restOf(token, records, Date.now())
    if (rest > 0) await wait(rest)
  }
}

/** Of the runs that this process works on. */
export const courtesy = new Courtesy()
