import { Redis, type Result } from 'ioredis'
import { v7 as uuid } from 'uuid'
import type { LocalPlaces } from '#domain/limits/local_places'
import { GIVE_BACK, KEEP, TAKE } from '#domain/limits/place_scripts'
import type { Most, Place, PlaceStore, Taken } from '#domain/limits/place_store'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takePlace(
      ...args: [
        ...keys: [all: string, lane: string, wanting: string, wantingLane: string],
        ...asked: [id: string, lease: number, most: number, inLane: number, server: string],
      ]
    ): Result<number, Context>
    keepPlaces(
      ...args: [all: string, lane: string, lease: number, ...ids: string[]]
    ): Result<number, Context>
    giveBackPlace(all: string, lane: string, id: string): Result<number, Context>
  }
}

/** The places of a server that was killed are free again after this long. */
const LEASE = 5_000
const ANSWERS = ['taken', 'full', 'lane full'] as const
const NO_LIMIT = 1_000_000

/**
 * Counts the calls under way of all servers in one Redis. While Redis does not answer, each
 * server keeps to its share.
 */
export class RedisPlaces implements PlaceStore {
  readonly retryAfter = 20
  readonly #redis: Redis
  readonly #alone: LocalPlaces
  readonly #warn: (error: unknown) => void
  readonly #lease: number
  readonly #server = uuid()
  readonly #held = new Map<string, Place>()
  readonly #keeper: NodeJS.Timeout
  #last = 0
  #isTroubled = false

  /** @param warn told once each time that Redis stops answering */
  constructor(url: string, alone: LocalPlaces, warn: (error: unknown) => void, lease = LEASE) {
    this.#alone = alone
    this.#warn = warn
    this.#lease = lease
    this.#redis = new Redis(url, {
      connectTimeout: 2_000,
      commandTimeout: 2_000,
      maxRetriesPerRequest: 1,
      retryStrategy: (tries) => Math.min(2_000, 100 * tries),
    })
    this.#redis.defineCommand('takePlace', { numberOfKeys: 4, lua: TAKE })
    this.#redis.defineCommand('keepPlaces', { numberOfKeys: 2, lua: KEEP })
    this.#redis.defineCommand('giveBackPlace', { numberOfKeys: 2, lua: GIVE_BACK })
    this.#redis.on('error', (error: Error) => this.#trouble(error))
    this.#redis.on('ready', () => void this.#keep())
    this.#keeper = setInterval(() => void this.#keep(), lease / 4)
    this.#keeper.unref()
  }

  async take(org: string, lane: string | null, most: Most): Promise<Taken> {
    if (this.#isTroubled) return this.#alone.take(org, lane, most)
    this.#last += 1
    const place = { org, lane, id: `${this.#server}:${this.#last}` }
    const all = Math.min(most.all, NO_LIMIT)
    try {
      const answer = await this.#redis.takePlace(
        ...keysOf(place),
        ...wantingKeysOf(place),
        place.id,
        this.#lease,
        all,
        most.lane ?? -1,
        this.#server
      )
      const said = ANSWERS[answer]
      if (said !== 'taken') return said
      this.#held.set(place.id, place)
      return place
    } catch (error) {
      this.#trouble(error)
      return this.#alone.take(org, lane, most)
    }
  }

  giveBack(place: Place): void {
    if (!this.#held.delete(place.id)) return this.#alone.giveBack(place)
    this.#redis
      .giveBackPlace(...keysOf(place), place.id)
      .catch((error: unknown) => this.#trouble(error))
  }

  async close(): Promise<void> {
    clearInterval(this.#keeper)
    await Promise.allSettled(
      [...this.#held.values()].map((place) => this.#redis.giveBackPlace(...keysOf(place), place.id))
    )
    this.#held.clear()
    this.#redis.disconnect()
  }

  async #keep(): Promise<void> {
    const groups = Map.groupBy(this.#held.values(), (place) => keysOf(place).join(' '))
    try {
      if (this.#isTroubled && this.#redis.status !== 'ready') return
      await this.#redis.ping()
      this.#isTroubled = false
      for (const places of groups.values()) {
        const ids = places.map(({ id }) => id)
        await this.#redis.keepPlaces(...keysOf(places[0]), this.#lease, ...ids)
      }
    } catch (error) {
      this.#trouble(error)
    }
  }

  #trouble(error: unknown): void {
    if (!this.#isTroubled && this.#redis.status !== 'end') this.#warn(error)
    this.#isTroubled = true
  }
}

/** In braces: a Redis cluster keeps what belongs to one account together. */
function keysOf({ org, lane }: Place): [all: string, lane: string] {
  return [`crossdock:places:{${org}}`, `crossdock:places:{${org}}:${lane ?? ''}`]
}

function wantingKeysOf(place: Place): [all: string, lane: string] {
  const [all, lane] = keysOf(place)
  return [`${all}#wanting`, `${lane}#wanting`]
}
