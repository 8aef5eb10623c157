import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

/** One received notification: stored first, answered at once, worked later. */
export default class Delivery extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare channelId: string

  /** Headers, query and body, without the token that proved them. */
  @column({ serializeAs: null })
  declare sealedRequest: string

  @column()
  declare bytes: number

  @column()
  declare state: 'received' | 'worked' | 'refused'

  @column()
  declare fault: string | null

  /** How many records it told of. */
  @column()
  declare records: number

  @instant()
  declare receivedAt: DateTime

  @instant()
  declare workedAt: DateTime | null
}

export const requestContext = (deliveryId: string) => `deliveries:${deliveryId}:request`
