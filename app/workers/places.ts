import type { Ports } from './messages.js'

/** Long enough to spare the way to the server between two calls, short enough to leave none unused. */
const IDLE_FOR = 20

type Quota = Pick<Ports['quota'], 'acquire' | 'release'>

interface Place {
  until: number
}

interface Idle {
  place: Place
  since: number
}

/**
 * The places among a connection's calls under way that this thread holds. A place is used
 * again while it lasts, and goes back when it is idle or over, so that other runs get theirs.
 */
export class Places {
  readonly #connectionId: string
  readonly #quota: Quota
  readonly #idle = new Map<string | null, Idle[]>()
  #isClosed = false
  readonly #sweeper = setInterval(() => this.#sweep(Date.now() - IDLE_FOR), IDLE_FOR)

  constructor(connectionId: string, quota: Quota) {
    this.#connectionId = connectionId
    this.#quota = quota
  }

  async take(lane: string | null): Promise<Place> {
    const idle = this.#idle.get(lane)?.pop()
    return idle?.place ?? this.#quota.acquire(this.#connectionId, lane)
  }

  giveBack(lane: string | null, place: Place): void {
    const since = Date.now()
    if (this.#isClosed || since >= place.until) return this.#quota.release(this.#connectionId, lane)
    const shelf = this.#idle.get(lane) ?? []
    shelf.push({ place, since })
    this.#idle.set(lane, shelf)
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#sweeper)
    this.#sweep(Infinity)
  }

  #sweep(before: number): void {
    for (const [lane, shelf] of this.#idle) {
      const kept = shelf.filter(({ since }) => since > before)
      this.#idle.set(lane, kept)
      for (let gone = shelf.length - kept.length; gone > 0; gone -= 1) {
        this.#quota.release(this.#connectionId, lane)
      }
    }
  }
}
