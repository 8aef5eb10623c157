import { beforeDelete, column } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
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

  /** Services hold on to their connections: MySQL lets neither go where it meets the connections first. */
  @beforeDelete()
  static async letServicesGo({ id, $trx }: Tenant) {
    await ($trx ?? db).from('services').where('tenant_id', id).delete()
  }
}
