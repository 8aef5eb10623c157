import { shareOf } from '#domain/limits/share_of'
import type { Most, Place, PlaceStore, Taken } from '#domain/limits/place_store'

/** The servers that work runs, and where this one stands among them. */
export interface Peers {
  servers: number
  rank: number
}

interface Busy {
  all: number
  lanes: Map<string, number>
}

/** Counts in this process. Several servers that cannot count together each keep to their share. */
export class LocalPlaces implements PlaceStore {
  readonly retryAfter = 250
  readonly #busy = new Map<string, Busy>()
  peers: Peers = { servers: 1, rank: 0 }

  async take(org: string, lane: string | null, most: Most): Promise<Taken> {
    const busy = this.#of(org)
    const inLane = lane === null ? 0 : (busy.lanes.get(lane) ?? 0)
    if (busy.all >= this.#share(most.all)) return 'full'
    if (most.lane !== null && inLane >= this.#share(most.lane)) return 'lane full'
    busy.all += 1
    if (lane !== null) busy.lanes.set(lane, inLane + 1)
    return { org, lane, id: '' }
  }

  giveBack({ org, lane }: Place): void {
    const busy = this.#of(org)
    busy.all -= 1
    if (lane !== null) busy.lanes.set(lane, (busy.lanes.get(lane) ?? 1) - 1)
  }

  async close(): Promise<void> {
    this.#busy.clear()
  }

  #of(org: string): Busy {
    const busy = this.#busy.get(org) ?? { all: 0, lanes: new Map() }
    this.#busy.set(org, busy)
    return busy
  }

  #share(limit: number): number {
    return shareOf(limit, this.peers.servers, this.peers.rank)
  }
}
