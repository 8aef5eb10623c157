import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { ServiceDefinition } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

/** An immutable, numbered definition of a service. */
export default class Revision extends Identified {
  static override table = 'service_revisions'

  @column()
  declare serviceId: string

  @column()
  declare number: number

  @json()
  declare definition: ServiceDefinition

  @column()
  declare note: string | null

  @column()
  declare createdBy: string | null

  @instant()
  declare createdAt: DateTime
}
