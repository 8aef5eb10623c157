import type { Ports } from './messages.js'

/** Milliseconds in which what calls cost is gathered before the server hears of it. */
const GATHERED_FOR = 20

type Quota = Pick<Ports['quota'], 'spend' | 'told'>

interface Spent {
  connectionId: string
  runId: string | null
  credits: number
  calls: number
}

/** Gathers what calls cost and what replies say is left, so that not each call is a message. */
export class Spending {
  readonly #quota: Quota
  /** Before the vendor's last word on the connection, and after it. */
  readonly #before = new Map<string, Spent>()
  readonly #after = new Map<string, Spent>()
  readonly #told = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(quota: Quota) {
    this.#quota = quota
  }

  spend: Quota['spend'] = (connectionId, runId, credits, calls) => {
    const side = this.#told.has(connectionId) ? this.#after : this.#before
    add(side, { connectionId, runId, credits, calls })
    this.#gather()
  }

  /** Replies overtake each other: of those of one moment the lowest figure is the last. */
  told: Quota['told'] = (connectionId, remaining) => {
    if ((this.#told.get(connectionId) ?? Infinity) <= remaining) return
    for (const [name, spent] of this.#after) {
      if (spent.connectionId !== connectionId) continue
      this.#after.delete(name)
      add(this.#before, spent)
    }
    this.#told.set(connectionId, remaining)
    this.#gather()
  }

  /** From now on the server hears of each call at once: this thread may end at any moment. */
  close(): void {
    this.#isClosed = true
    this.flush()
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHERED_FOR)
    if (this.#isClosed) this.flush()
  }

  /** Nothing that is told later may overtake what was spent before it. */
  flush(): void {
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
    this.#spend(this.#before)
    for (const [connectionId, remaining] of this.#told) this.#quota.told(connectionId, remaining)
    this.#told.clear()
    this.#spend(this.#after)
  }

  #spend(side: Map<string, Spent>): void {
    for (const { connectionId, runId, credits, calls } of side.values()) {
      this.#quota.spend(connectionId, runId, credits, calls)
    }
    side.clear()
  }
}

function add(side: Map<string, Spent>, more: Spent): void {
  const name = `${more.connectionId} ${more.runId}`
  const spent = side.get(name)
  if (spent === undefined) {
    side.set(name, more)
    return
  }
  spent.credits += more.credits
  spent.calls += more.calls
}
