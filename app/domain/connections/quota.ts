import logger from '@adonisjs/core/services/logger'
import Connection from '#domain/connections/connection'
import { rollingCredits } from '#domain/connections/credits_left'
import { orgOf } from '#domain/connections/org'
import type { Meter } from '#domain/connections/meter'
import type { LocalPlaces, Peers } from '#domain/limits/local_places'
import { OrgGate } from '#domain/limits/org_gate'
import OrgLimit from '#domain/limits/org_limit'
import type { Place, PlaceStore } from '#domain/limits/place_store'
import { leftAt } from '#domain/limits/rolling_credits'
import { ConnectorError } from '#sdk'
import type { Ports } from '#workers/messages'
import { OpenWork } from '#workers/open_work'

const CACHED_FOR = 5_000
/** A runner uses a place for this long before others get their turn. */
const LASTS_FOR = 250

type QuotaPort = Ports['quota']

/** An account as this process knows it. */
interface Account {
  gate: OrgGate
  connectionIds: string[]
  /** Credits left, less what was counted and not written down; null where none are counted. */
  left: number | null
}

/** A connection's way to its account. */
interface Line {
  account: Account
  reserve: number
  freshUntil: number
}

export interface QuotaOptions {
  meter: Meter
  places: PlaceStore
  alone: LocalPlaces
  peers(): Promise<Peers>
  /** Whether this run may spend what others leave alone. */
  usesReserve(runId: string): boolean
  /** The runs on these connections must pause: the reserve is reached, or nothing is left at all. */
  onShort(connectionIds: string[], isEmpty: boolean): void
}

/** Calls under way per account, shared by all runs of all servers, and what they cost. */
export class Quota implements QuotaPort {
  readonly #options: QuotaOptions
  readonly #accounts = new Map<string, Account>()
  readonly #lines = new Map<string, Line>()
  readonly #held = new Map<string, Place[]>()
  readonly #queries = new OpenWork()

  constructor(options: QuotaOptions) {
    this.#options = options
  }

  acquire: QuotaPort['acquire'] = async (connectionId, lane) => {
    const { account } = await this.#line(connectionId)
    const place = await account.gate.enter(lane)
    const name = `${connectionId} ${lane}`
    this.#held.set(name, [...(this.#held.get(name) ?? []), place])
    return { until: Date.now() + LASTS_FOR }
  }

  release: QuotaPort['release'] = (connectionId, lane) => {
    const place = this.#held.get(`${connectionId} ${lane}`)?.pop()
    if (place === undefined) throw new Error(`No call of ${connectionId} is under way`)
    this.#accounts.get(place.org)?.gate.leave(place)
  }

  spend: QuotaPort['spend'] = (connectionId, runId, credits, calls) => {
    const account = this.#lines.get(connectionId)?.account
    this.#options.meter.count(connectionId, runId, { credits, calls }, account?.gate.org)
    if (account === undefined || account.left === null || credits === 0) return
    account.left -= credits
    this.#look(account)
  }

  afford: QuotaPort['afford'] = async (connectionId, runId, credits) => {
    const { account, reserve } = await this.#line(connectionId)
    if (account.left === null || runId === null) return
    const kept = this.#options.usesReserve(runId) ? 0 : reserve
    if (account.left - credits >= kept) return
    this.#options.onShort([connectionId], account.left <= credits)
    throw new ConnectorError(
      'rate_limited',
      `This call costs ${credits} credits, and that would eat into the reserve`,
      { retryAfter: CACHED_FOR }
    )
  }

  told: QuotaPort['told'] = (connectionId, remaining) => {
    const account = this.#lines.get(connectionId)?.account
    if (account === undefined || account.left === null) return
    this.#options.meter.tell(account.gate.org, remaining)
    account.left = remaining
    this.#look(account)
  }

  refused: QuotaPort['refused'] = (connectionId, lane, cause) => {
    const account = this.#lines.get(connectionId)?.account
    if (account === undefined) return
    if (cause === 'credits') return this.#exhausted(connectionId, account)
    const { gate } = account
    const slow = cause === 'lane' && lane !== null ? lane : ''
    const now = Date.now()
    gate.refuse(slow, now)
    const limit = slow === '' ? gate.limits.concurrency : gate.limits.lanes?.[slow]
    if (limit === undefined || !Number.isFinite(limit)) return
    const written = this.#queries.add(OrgLimit.slow(gate.org, slow, limit, now))
    written.catch((error: unknown) =>
      logger.warn({ err: error }, 'A refusal could not be written down for other servers')
    )
  }

  async close(): Promise<void> {
    for (const { gate } of this.#accounts.values()) gate.close()
    await this.#options.places.close()
    await this.#queries.settled()
  }

  #exhausted(connectionId: string, account: Account): void {
    if (account.left === null) return this.#options.onShort([connectionId], true)
    this.told(connectionId, 0)
  }

  #look(account: Account): void {
    const left = account.left ?? Infinity
    const short = account.connectionIds.filter(
      (id) => left < (this.#lines.get(id)?.reserve ?? 0) || left <= 0
    )
    if (short.length > 0) this.#options.onShort(short, left <= 0)
  }

  /** What is known is used while it is looked up anew. */
  async #line(connectionId: string): Promise<Line> {
    const known = this.#lines.get(connectionId)
    if (known === undefined) return this.#learn(connectionId)
    if (known.freshUntil > Date.now()) return known
    known.freshUntil = Date.now() + CACHED_FOR
    this.#learn(connectionId).catch((error: unknown) =>
      logger.warn({ err: error, connectionId }, 'The limits of a connection could not be read')
    )
    return known
  }

  #learn(connectionId: string): Promise<Line> {
    return this.#queries.add(this.#read(connectionId))
  }

  async #read(connectionId: string): Promise<Line> {
    const { meter, peers, alone } = this.#options
    const connection = await Connection.find(connectionId)
    if (connection === null) return this.#keep(connectionId, `connection:${connectionId}`, 0)
    const org = await orgOf(connection)
    const now = Date.now()
    const credits = await rollingCredits(org, now)
    const rows = await OrgLimit.query().where('org', org.key).whereNotNull('allowed')
    alone.peers = await peers()

    const line = this.#keep(connectionId, org.key, org.reserve)
    const { account } = line
    account.connectionIds = org.connectionIds
    account.left = credits === null ? null : leftAt(credits, now) - meter.pending(org.connectionIds)
    account.gate.limits = org.limits ?? { concurrency: Infinity }
    for (const { lane, pace } of rows) if (pace !== null) account.gate.learn(lane, pace)
    return line
  }

  #keep(connectionId: string, org: string, reserve: number): Line {
    const account = this.#accounts.get(org) ?? {
      gate: new OrgGate(org, this.#options.places),
      connectionIds: [connectionId],
      left: null,
    }
    this.#accounts.set(org, account)
    const line = { account, reserve, freshUntil: Date.now() + CACHED_FOR }
    this.#lines.set(connectionId, line)
    return line
  }
}
