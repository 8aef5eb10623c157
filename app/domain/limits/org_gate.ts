import { allowedAt, slowed } from '#domain/limits/pace'
import type { Pace } from '#domain/limits/pace'
import type { Most, Place, PlaceStore } from '#domain/limits/place_store'

export interface CallLimits {
  concurrency: number
  lanes?: { [lane: string]: number }
}

interface Waiter {
  lane: string | null
  open(place: Place): void
}

/** Lets the calls to one account pass, as many at once as its limits and its refusals allow. */
export class OrgGate {
  readonly org: string
  readonly #places: PlaceStore
  readonly #paces = new Map<string, Pace>()
  #waiting: Waiter[] = []
  #isLooking = false
  #isAskedAgain = false
  #retry: NodeJS.Timeout | null = null
  limits: CallLimits = { concurrency: Infinity }

  constructor(org: string, places: PlaceStore) {
    this.org = org
    this.#places = places
  }

  /** Waits for a place. */
  enter(lane: string | null): Promise<Place> {
    return new Promise((open) => {
      this.#waiting.push({ lane, open })
      this.#look()
    })
  }

  leave(place: Place): void {
    this.#places.giveBack(place)
    this.#look()
  }

  /** A refused call: fewer at once from now on. */
  refuse(lane: string, now: number): void {
    const limit = this.#limitOf(lane)
    if (limit !== null) this.#paces.set(lane, slowed(this.#paces.get(lane) ?? null, limit, now))
  }

  /** What another server has learned. */
  learn(lane: string, pace: Pace): void {
    const known = this.#paces.get(lane)
    if (known === undefined || known.since < pace.since) this.#paces.set(lane, pace)
  }

  close(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#waiting = []
  }

  #limitOf(lane: string): number | null {
    return lane === '' ? this.limits.concurrency : (this.limits.lanes?.[lane] ?? null)
  }

  #most(lane: string | null, now: number): Most {
    const allowed = (name: string) => {
      const limit = this.#limitOf(name)
      return limit === null ? null : allowedAt(this.#paces.get(name) ?? null, limit, now)
    }
    return { all: allowed('') ?? Infinity, lane: lane === null ? null : allowed(lane) }
  }

  #look(): void {
    if (this.#isLooking) {
      this.#isAskedAgain = true
      return
    }
    this.#isLooking = true
    void this.#grant().finally(() => {
      this.#isLooking = false
      const again = this.#isAskedAgain
      this.#isAskedAgain = false
      if (again) this.#look()
      else if (this.#waiting.length > 0) this.#lookLater()
    })
  }

  #lookLater(): void {
    if (this.#retry !== null) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      this.#look()
    }, this.#places.retryAfter)
    this.#retry.unref()
  }

  /** In the order of asking; a full lane does not hold up the others. */
  async #grant(): Promise<void> {
    const fullLanes = new Set<string | null>()
    for (const waiter of [...this.#waiting]) {
      if (fullLanes.has(waiter.lane)) continue
      const place = await this.#places.take(
        this.org,
        waiter.lane,
        this.#most(waiter.lane, Date.now())
      )
      if (place === 'full') return
      if (place === 'lane full') fullLanes.add(waiter.lane)
      else {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        waiter.open(place)
      }
    }
  }
}
