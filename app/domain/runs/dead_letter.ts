import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

/** A record that did not arrive. Closes itself when the same key later succeeds. */
export default class DeadLetter extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare serviceId: string

  @column()
  declare runId: string

  @column()
  declare sourceKey: string

  /** The source key while it is open, null once resolved: a key has one open dead letter at most. */
  @column()
  declare openKey: string | null

  @column()
  declare outcome: 'rejected' | 'failed' | 'unclear'

  @column()
  declare code: string

  @column()
  declare message: string

  @column()
  declare field: string | null

  @column()
  declare value: string | null

  /** JSON of `{ source, target }`. */
  @column({ serializeAs: null })
  declare sealedPayload: string

  @instant()
  declare createdAt: DateTime

  @instant()
  declare resolvedAt: DateTime | null

  @column()
  declare resolvedBy: string | null
}

export function payloadContext(serviceId: string, sourceKey: string): string {
  return `dead_letters:${serviceId}:${sourceKey}`
}
