import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

/** Records that a person chose in the vendor's own pages, to be exported by hand. */
export default class Selection extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare extensionId: string

  @column()
  declare connectionId: string

  /** The stream, in the vendor's word. */
  @column()
  declare module: string

  @json()
  declare ids: string[]

  @column()
  declare org: string

  @column()
  declare userId: string

  @column()
  declare userName: string | null

  @instant()
  declare createdAt: DateTime

  /** Nothing is begun with it after that. */
  @instant()
  declare expiresAt: DateTime

  isExpired(now = Date.now()): boolean {
    return this.expiresAt.toMillis() <= now
  }
}
