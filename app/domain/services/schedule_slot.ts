import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

/** One moment at which a schedule was due: a unique row, so that no two clocks can start it twice. */
export default class ScheduleSlot extends Identified {
  @column()
  declare scheduleId: string

  @instant()
  declare slotAt: DateTime

  @column()
  declare state: 'started' | 'skipped'

  @column()
  declare runId: string | null

  @instant()
  declare createdAt: DateTime
}
