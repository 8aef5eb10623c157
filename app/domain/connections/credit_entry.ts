import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

/** What was spent on a connection, and by which run. */
export default class CreditEntry extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare connectionId: string

  @column()
  declare runId: string | null

  @column()
  declare calls: number

  @column()
  declare credits: number

  @instant()
  declare spentAt: DateTime
}
