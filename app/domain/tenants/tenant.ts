import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

export default class Tenant extends Identified {
  @column()
  declare slug: string

  @column()
  declare name: string

  /** The tenant's own key, sealed by the master key. */
  @column({ serializeAs: null })
  declare wrappedKey: string

  @instant()
  declare createdAt: DateTime
}
