import { belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { ErrorKind, IncrementalBounds, Value } from '#sdk'
import type { BrakeFigures } from '#engine/brake'
import type { Counters } from '#engine/counters'
import type { FlagReport } from '#engine/flag_report'
import { flag } from '#domain/flag'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Service from '#domain/services/service'

export const FINAL_STATES = ['succeeded', 'partial', 'failed', 'cancelled'] as const
export const ACTIVE_STATES = ['running', 'cancelling'] as const
export type RunState =
  'queued' | 'held' | (typeof ACTIVE_STATES)[number] | (typeof FINAL_STATES)[number]
export type Trigger = 'manual' | 'schedule' | 'replay' | 'webhook'
export interface Timings {
  read: number
  map: number
  match: number
  send: number
  settle: number
}

export default class Run extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare serviceId: string

  @column()
  declare revision: number

  @column()
  declare trigger: Trigger

  @column()
  declare requestedBy: string | null

  @column()
  declare state: RunState

  /** The source keys of a replay; null for a run over the whole stream. */
  @json()
  declare onlyKeys: string[] | null

  /** Of those, the records that a person wants created although the target holds some like them. */
  @json()
  declare freshKeys: string[] | null

  /** What a person made of those records: sealed, and dropped when the run is over. */
  @column({ serializeAs: null })
  declare sealedGiven: string | null

  /** How often a runner took it up. */
  @column()
  declare attempts: number

  @column()
  declare activeKey: string | null

  @column()
  declare leaseToken: string | null

  @column()
  declare leaseOwner: string | null

  @instant()
  declare leaseExpiresAt: DateTime | null

  @json()
  declare bounds: IncrementalBounds | null

  @json()
  declare cursor: Value

  @column()
  declare created: number

  @column()
  declare updated: number

  @column()
  declare deleted: number

  @column()
  declare unchanged: number

  @column()
  declare filtered: number

  @column()
  declare rejected: number

  @column()
  declare failed: number

  @column()
  declare unclear: number

  /** Read but not yet settled. */
  @column()
  declare underWay: number

  @column()
  declare creditsPlanned: number

  @column()
  declare creditsSpent: number

  /** Calls to vendors; not each is kept. */
  @column()
  declare requests: number

  @column()
  declare requestsFailed: number

  @column()
  declare stage: string | null

  @json()
  declare timings: Timings | null

  @column()
  declare errorKind: ErrorKind | null

  @column()
  declare errorMessage: string | null

  /** It waits until then, and why. */
  @instant()
  declare notBefore: DateTime | null

  @column()
  declare waitReason: string | null

  /** A person lets it spend the credits that are kept back. */
  @flag()
  declare usesReserve: boolean

  /** What it will likely cost in all, as far as that was known when it began or went on. */
  @column()
  declare creditsForecast: number | null

  /** Where that figure comes from: a preview, the source's count as the most that it can be, or earlier runs. */
  @column()
  declare forecastBasis: 'preview' | 'count' | 'earlier' | null

  /** Why it stopped to ask; kept when it goes on. */
  @json()
  declare brake: BrakeFigures | null

  /** A person lets it change whatever it finds. */
  @flag()
  declare isReleased: boolean

  /** The approved preview that it carries out. */
  @column()
  declare previewId: string | null

  /** Records written ahead of the counters when it was interrupted. */
  @column()
  declare changesAhead: number

  /** Of what was read, records that had changed since the preview that it carries out. */
  @column()
  declare plannedAgain: number

  /** Records that its bounds leave out, since they hold nothing in its field; null where nobody knows. */
  @column()
  declare withoutCursor: number | null

  /** What became of the flags of its source; null where its service has none. */
  @json()
  declare flags: FlagReport | null

  /** When a vendor last said that a job of it is over. */
  @instant()
  declare calledAt: DateTime | null

  @instant()
  declare queuedAt: DateTime

  @instant()
  declare startedAt: DateTime | null

  @instant()
  declare finishedAt: DateTime | null

  @belongsTo(() => Service)
  declare service: BelongsTo<typeof Service>

  get counters(): Counters {
    const { created, updated, deleted, unchanged, filtered, rejected, failed, unclear } = this
    return { created, updated, deleted, unchanged, filtered, rejected, failed, unclear }
  }

  get isFinal(): boolean {
    return FINAL_STATES.some((state) => state === this.state)
  }

  /** Seconds from start to end, or to now. */
  get seconds(): number {
    if (this.startedAt === null) return 0
    return ((this.finishedAt?.toMillis() ?? Date.now()) - this.startedAt.toMillis()) / 1000
  }
}
