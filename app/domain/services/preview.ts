import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { flag } from '#domain/flag'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import type { Preview as Made } from '#engine/preview'

/** What a run would do, kept for a day, so that it can be opened again and approved. */
export default class Preview extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare serviceId: string

  @column()
  declare revision: number

  @json()
  declare counts: Made['counts']

  /** Of the records that were searched for; null where none are. */
  @json()
  declare matches: Made['matches']

  @json()
  declare plan: Made['plan']

  @column()
  declare credits: number

  @column()
  declare asked: number

  @json()
  declare notes: string[]

  @flag()
  declare isComplete: boolean

  /** All its changes are kept. */
  @flag()
  declare isWhole: boolean

  @column()
  declare requestedBy: string | null

  @column()
  declare approvedBy: string | null

  @instant()
  declare approvedAt: DateTime | null

  /** The run that carries it out. */
  @column()
  declare runId: string | null

  @instant()
  declare createdAt: DateTime

  @instant()
  declare expiresAt: DateTime

  get changes(): number {
    const { create, update, delete: gone = 0 } = this.counts
    return create + update + gone
  }

  get isExpired(): boolean {
    return this.expiresAt.toMillis() <= Date.now()
  }
}
