import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Schedule as ScheduleDefinition } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import { offsetOf } from '#domain/services/offset_of'
import type { Anchor } from '#domain/services/slots'

export default class Schedule extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare serviceId: string

  @json()
  declare definition: ScheduleDefinition

  /** The first slot of an interval, or when the schedule was set. */
  @instant()
  declare startsAt: DateTime

  /** Null when no slot is left. */
  @instant()
  declare nextDueAt: DateTime | null

  get anchor(): Anchor {
    const { jitter = 0 } = this.definition
    return { startsAt: this.startsAt.toMillis(), offset: offsetOf(this.serviceId, jitter) }
  }
}
