/** A place among the calls under way of an account. */
export interface Place {
  org: string
  lane: string | null
  id: string
}

/** How many calls may be under way, all together and in the lane that is asked for. */
export interface Most {
  all: number
  lane: number | null
}

export type Taken = Place | 'full' | 'lane full'

/** Counts the calls under way per account, in one process or over all servers. */
export interface PlaceStore {
  /** Milliseconds after which a place may have become free without a word. */
  readonly retryAfter: number
  take(org: string, lane: string | null, most: Most): Promise<Taken>
  giveBack(place: Place): void
  close(): Promise<void>
}
