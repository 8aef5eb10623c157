import type { Ports } from './messages.js'

/** Long enough to spare the way to the server between two calls, short enough to leave none unused. */
const IDLE_FOR = 20

interface Place {
  until: number
}

interface Idle {
  place: Place
  timer: NodeJS.Timeout
}

/**
 * The places among a connection's calls under way that this thread holds. A place is used
 * again while it lasts, and goes back when it is idle or over, so that other runs get theirs.
 */
export class Places {
  readonly #connectionId: string
  readonly #quota: Ports['quota']
  readonly #idle = new Map<string | null, Idle[]>()

  constructor(connectionId: string, quota: Ports['quota']) {
    this.#connectionId = connectionId
    this.#quota = quota
  }

  async take(lane: string | null): Promise<Place> {
    const idle = this.#idle.get(lane)?.pop()
    if (idle === undefined) return this.#quota.acquire(this.#connectionId, lane)
    clearTimeout(idle.timer)
    return idle.place
  }

  giveBack(lane: string | null, place: Place): void {
    if (Date.now() >= place.until) return this.#quota.release(this.#connectionId, lane)
    const shelf = this.#idle.get(lane) ?? []
    const idle = { place, timer: setTimeout(() => this.#drop(lane, idle), IDLE_FOR) }
    shelf.push(idle)
    this.#idle.set(lane, shelf)
  }

  close(): void {
    for (const [lane, shelf] of this.#idle) for (const idle of [...shelf]) this.#drop(lane, idle)
  }

  #drop(lane: string | null, idle: Idle): void {
    const shelf = this.#idle.get(lane) ?? []
    const at = shelf.indexOf(idle)
    if (at === -1) return
    shelf.splice(at, 1)
    clearTimeout(idle.timer)
    this.#quota.release(this.#connectionId, lane)
  }
}
