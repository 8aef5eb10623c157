import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import Run from '#domain/runs/run'

/** The one run of a service over a selection. */
export default class SelectionRun extends Identified {
  @column()
  declare selectionId: string

  @column()
  declare serviceId: string

  @column()
  declare runId: string

  @instant()
  declare createdAt: DateTime

  static async runOf(selectionId: string, serviceId: string): Promise<Run | null> {
    const found = await this.query()
      .where('selectionId', selectionId)
      .where('serviceId', serviceId)
      .first()
    return found === null ? null : Run.find(found.runId)
  }
}
