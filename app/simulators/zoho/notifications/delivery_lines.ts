import type { SimulatedOrg } from '../simulated_org.js'
import { postJson } from './post_json.js'

interface Delivery {
  url: string
  body: Record<string, unknown>
  /** How often it was sent in vain. */
  failures?: number
}

/** Notifications on their way: one after the other in a channel, some channels at a time. */
export class DeliveryLines {
  #lines = new Map<string, Delivery[]>()
  #held = new Map<string, Delivery[]>()
  #busy = new Set<string>()
  /** Those that wait for another try. */
  #later = 0

  constructor(readonly org: SimulatedOrg) {}

  /** Behind what waits already; what was held back follows. */
  add(channel: string, delivery: Delivery) {
    const line = this.#lines.get(channel) ?? []
    const held = this.#held.get(channel) ?? []
    this.#held.delete(channel)
    const room = Math.max(0, this.org.options.notifyQueue - line.length)
    const more = [delivery, ...held]
    line.push(...more.slice(0, room))
    this.org.notifications.suppressed.overflow += Math.max(0, more.length - room)
    this.#lines.set(channel, line)
    this.#pump()
  }

  /** Until the channel's next one has gone ahead, or the time is over. */
  hold(channel: string, delivery: Delivery, ms: number) {
    this.#held.set(channel, [...(this.#held.get(channel) ?? []), delivery])
    void this.org.clock.until(this.org.clock.now() + ms).then(() => {
      const held = this.#held.get(channel) ?? []
      const rest = held.filter((other) => other !== delivery)
      if (rest.length === held.length) return
      this.#held.set(channel, rest)
      this.add(channel, delivery)
    })
  }

  get waiting() {
    let count = this.#busy.size + this.#later
    for (const line of [...this.#lines.values(), ...this.#held.values()]) count += line.length
    return count
  }

  #sendLater(channel: string, delivery: Delivery, ms: number) {
    this.#later += 1
    void this.org.clock.until(this.org.clock.now() + ms).then(() => {
      this.#later -= 1
      if (!this.org.isClosed) this.add(channel, delivery)
    })
  }

  #pump() {
    for (const [channel, line] of this.#lines) {
      if (this.#busy.size >= this.org.options.notifyParallel) return
      const delivery = this.#busy.has(channel) ? undefined : line.shift()
      if (!delivery) continue
      this.#busy.add(channel)
      void this.#send(channel, delivery)
    }
  }

  async #send(channel: string, delivery: Delivery) {
    const error = await postJson(this.org, delivery.url, delivery.body)
    this.#busy.delete(channel)
    if (this.org.isClosed) return
    const { failures = 0 } = delivery
    const { notifyRetries, notifyRetryMs } = this.org.options
    if (error !== null && failures < notifyRetries) {
      this.org.notifications.retried += 1
      this.#sendLater(channel, { ...delivery, failures: failures + 1 }, notifyRetryMs)
    } else this.org.notifications.count(channel, error)
    this.#pump()
  }
}
