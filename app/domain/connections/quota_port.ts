import Connection from '#domain/connections/connection'
import { type Meter } from '#domain/connections/meter'
import type { Limits } from '#sdk'
import type { Ports } from '#workers/messages'

const CACHED_FOR = 30_000
/** A runner uses a place for this long before others get their turn. */
const LASTS_FOR = 250

interface Gate {
  limits: Limits | null
  freshUntil: number
  busy: number
  lanes: Map<string, number>
  waiting: Array<{ lane: string | null; open(): void }>
}

/** Calls under way per connection, shared by all runs of this server, and what they cost. */
export class Quota implements QuotaPort {
  readonly #gates = new Map<string, Gate>()
  readonly #meter: Meter

  constructor(meter: Meter) {
    this.#meter = meter
  }

  acquire: QuotaPort['acquire'] = async (connectionId, lane) => {
    const gate = await this.#gate(connectionId)
    if (fits(gate, lane)) take(gate, lane)
    else await new Promise<void>((open) => gate.waiting.push({ lane, open }))
    return { until: Date.now() + LASTS_FOR }
  }

  release: QuotaPort['release'] = (connectionId, lane) => {
    const gate = this.#gates.get(connectionId)
    if (gate === undefined) throw new Error(`No call of ${connectionId} is under way`)
    gate.busy -= 1
    if (lane !== null) gate.lanes.set(lane, (gate.lanes.get(lane) ?? 1) - 1)
    for (const waiter of [...gate.waiting]) {
      if (!fits(gate, waiter.lane)) continue
      gate.waiting.splice(gate.waiting.indexOf(waiter), 1)
      take(gate, waiter.lane)
      waiter.open()
    }
  }

  spend: QuotaPort['spend'] = (connectionId, runId, credits) => {
    this.#meter.count(connectionId, runId, credits)
  }

  async #gate(connectionId: string): Promise<Gate> {
    const known = this.#gates.get(connectionId)
    if (known !== undefined && known.freshUntil > Date.now()) return known
    const connection = await Connection.find(connectionId)
    const gate = this.#gates.get(connectionId) ?? {
      limits: null,
      freshUntil: 0,
      busy: 0,
      lanes: new Map(),
      waiting: [],
    }
    gate.limits = connection?.limits ?? null
    gate.freshUntil = Date.now() + CACHED_FOR
    this.#gates.set(connectionId, gate)
    return gate
  }
}

type QuotaPort = Ports['quota']

function fits(gate: Gate, lane: string | null): boolean {
  if (gate.limits === null) return true
  if (gate.busy >= gate.limits.concurrency) return false
  const most = lane === null ? undefined : gate.limits.lanes?.[lane]
  return most === undefined || (gate.lanes.get(lane ?? '') ?? 0) < most
}

function take(gate: Gate, lane: string | null): void {
  gate.busy += 1
  if (lane !== null) gate.lanes.set(lane, (gate.lanes.get(lane) ?? 0) + 1)
}
