import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { flag } from '#domain/flag'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import type { Purpose } from '#workers/requests/request_note'

/** A call of a run. Not every one is kept: the run counts them all. */
export default class RunRequest extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare runId: string

  @column()
  declare connectionId: string

  @column()
  declare stage: Purpose['stage']

  @column()
  declare route: string | null

  /** Calls of one batch share it. */
  @column()
  declare batch: number | null

  @column()
  declare method: string

  @column()
  declare host: string

  @column()
  declare path: string

  @column()
  declare status: number | null

  /** Why there was no answer. */
  @column()
  declare error: string | null

  @flag()
  declare isFailed: boolean

  /** Milliseconds. */
  @column()
  declare took: number

  @column({ consume: Number })
  declare bytesSent: number

  @column({ consume: Number })
  declare bytesReceived: number

  @instant()
  declare startedAt: DateTime

  /** JSON of what was said, secrets and private fields hidden. */
  @column({ serializeAs: null })
  declare sealedBody: string | null
}

export const bodyContext = (id: string) => `run_requests:${id}`
