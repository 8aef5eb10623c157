import type { RecordFault } from './misfit.js'
import type { Pair } from './pair.js'

interface Ties<Other> {
  /** What the target was searched for; null where records are not matched by a search. */
  pair: Pair | null
  /** Another source key that holds the same match value. */
  owner: string | null
  faults: RecordFault[] | null
  /**
   * Records that wait for this one: the next of the same key, since two writes of one key are
   * never under way, and those of the same match value.
   */
  followers: Other[]
  /** How many records this one waits for. */
  waits: number
  /** The record of another key that claimed the same match value before. */
  claimant: Other | null
  /** Who had the match value before, where the last one shall have it: it is settled first. */
  predecessor: Other | null
  /** The record whose match value this one takes over, where the last one shall have it. */
  overtakes: Other | null
  /** What the record that it overtook is left with; set when this one is done. */
  left: Other | null
  /** The record of the same key before it, where that was not settled when this one's turn came. */
  before: Other | null
  /** A later record of the same key is settled already: what this one leaves no longer matters. */
  isOutdated: boolean
  /** An earlier attempt sent a later one to its record of the target: sent again, this would win. */
  isOverwritten: boolean
  tries: number
  jobFailures: number
}

const NONE: Ties<never> = {
  pair: null,
  owner: null,
  faults: null,
  followers: [],
  waits: 0,
  claimant: null,
  predecessor: null,
  overtakes: null,
  left: null,
  before: null,
  isOutdated: false,
  isOverwritten: false,
  tries: 0,
  jobFailures: 0,
}

/**
 * What few records have, for most wait for nobody, stand in nobody's way and arrive at the first
 * try: it takes room only where something of it is so. Each is spelled out: one accessor for all
 * would look its name up for every record.
 */
export class Tied<Other> implements Ties<Other> {
  #ties: Ties<Other> = NONE

  #tie<Name extends keyof Ties<Other>>(name: Name, value: Ties<Other>[Name]): void {
    if (this.#ties[name] === value) return
    if (this.#ties === NONE) this.#ties = { ...NONE }
    this.#ties[name] = value
  }

  get pair(): Pair | null {
    return this.#ties.pair
  }
  set pair(pair: Pair | null) {
    this.#tie('pair', pair)
  }

  get owner(): string | null {
    return this.#ties.owner
  }
  set owner(owner: string | null) {
    this.#tie('owner', owner)
  }

  get faults(): RecordFault[] | null {
    return this.#ties.faults
  }
  set faults(faults: RecordFault[] | null) {
    this.#tie('faults', faults)
  }

  get followers(): Other[] {
    return this.#ties.followers
  }
  set followers(followers: Other[]) {
    this.#tie('followers', followers)
  }

  get waits(): number {
    return this.#ties.waits
  }
  set waits(waits: number) {
    this.#tie('waits', waits)
  }

  get claimant(): Other | null {
    return this.#ties.claimant
  }
  set claimant(claimant: Other | null) {
    this.#tie('claimant', claimant)
  }

  get predecessor(): Other | null {
    return this.#ties.predecessor
  }
  set predecessor(predecessor: Other | null) {
    this.#tie('predecessor', predecessor)
  }

  get overtakes(): Other | null {
    return this.#ties.overtakes
  }
  set overtakes(overtakes: Other | null) {
    this.#tie('overtakes', overtakes)
  }

  get left(): Other | null {
    return this.#ties.left
  }
  set left(left: Other | null) {
    this.#tie('left', left)
  }

  get before(): Other | null {
    return this.#ties.before
  }
  set before(before: Other | null) {
    this.#tie('before', before)
  }

  get isOutdated(): boolean {
    return this.#ties.isOutdated
  }
  set isOutdated(isOutdated: boolean) {
    this.#tie('isOutdated', isOutdated)
  }

  get isOverwritten(): boolean {
    return this.#ties.isOverwritten
  }
  set isOverwritten(isOverwritten: boolean) {
    this.#tie('isOverwritten', isOverwritten)
  }

  get tries(): number {
    return this.#ties.tries
  }
  set tries(tries: number) {
    this.#tie('tries', tries)
  }

  get jobFailures(): number {
    return this.#ties.jobFailures
  }
  set jobFailures(jobFailures: number) {
    this.#tie('jobFailures', jobFailures)
  }
}
