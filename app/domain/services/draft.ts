import { belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { ServiceDefinition } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Service from '#domain/services/service'

/** A service that is being built, or a change to one that is not saved yet. It never runs. */
export default class Draft extends Identified {
  static override table = 'service_drafts'

  @column()
  declare tenantId: string

  /** The service that is changed; null for a new one. */
  @column()
  declare serviceId: string | null

  /** The revision that the change began with. */
  @column()
  declare baseRevision: number | null

  @column()
  declare template: string | null

  /** The version of the template that the draft began with, and what it said. */
  @column()
  declare templateVersion: string | null

  @json()
  declare templateBase: ServiceDefinition | null

  /** What is not chosen yet is empty. */
  @json()
  declare content: ServiceDefinition

  @column()
  declare createdBy: string | null

  @instant()
  declare createdAt: DateTime

  @instant()
  declare updatedAt: DateTime

  @belongsTo(() => Service)
  declare service: BelongsTo<typeof Service>
}
