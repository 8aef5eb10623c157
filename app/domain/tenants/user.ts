import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { column, hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import { flag } from '#domain/flag'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import Membership from '#domain/tenants/membership'

export default class User extends compose(
  Identified,
  withAuthFinder(() => hash.use())
) {
  @column()
  declare email: string

  @column()
  declare fullName: string

  @column({ serializeAs: null })
  declare password: string

  /** Staff of the installation, who see every tenant. */
  @flag()
  declare isOperator: boolean

  @instant()
  declare createdAt: DateTime

  @hasMany(() => Membership)
  declare memberships: HasMany<typeof Membership>
}
