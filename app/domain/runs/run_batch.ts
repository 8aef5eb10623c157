import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Value } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

/** Calls of one route, or one job. An open job keeps its ticket and the records it carries. */
export default class RunBatch extends Identified {
  @column()
  declare runId: string

  /** The service while the job is open, by which a later run finds it. */
  @column()
  declare openServiceId: string | null

  @column()
  declare route: string

  @column()
  declare state: 'open' | 'done'

  @json()
  declare ticket: Value

  /** The drafts of an open job, compressed and sealed. */
  @column({ serializeAs: null })
  declare manifest: Buffer | null

  @column()
  declare records: number

  @column()
  declare calls: number

  @column()
  declare credits: number

  /** Milliseconds. */
  @column()
  declare took: number

  @instant()
  declare createdAt: DateTime
}
