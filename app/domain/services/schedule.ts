import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Schedule as ScheduleDefinition } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

export default class Schedule extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare serviceId: string

  @json()
  declare definition: ScheduleDefinition

  /** The first slot of an interval. */
  @instant()
  declare startsAt: DateTime

  /** Null when no slot is left. */
  @instant()
  declare nextDueAt: DateTime | null
}
