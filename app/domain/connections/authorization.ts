import { createHash } from 'node:crypto'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'

export type GrantKind = 'refresh_token' | 'client_credentials'

/** What a vendor granted to a connection, and to which of its users. The tokens themselves are sealed elsewhere. */
export default class Authorization extends BaseModel {
  static override selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare connectionId: string

  @column()
  declare kind: GrantKind

  @column()
  declare clientHash: string

  @column()
  declare tokenHash: string | null

  /** The vendor's id of the user who consented; null where the vendor does not tell. */
  @column()
  declare vendorUser: string | null

  @column()
  declare vendorUserName: string | null

  /** Null where nobody told which scopes were granted. */
  @json()
  declare scopes: string[] | null

  @instant()
  declare authorizedAt: DateTime

  /** Those that hold a refresh token of a client, oldest first. */
  static ofClient(clientId: string) {
    return this.query()
      .where('clientHash', digest(clientId))
      .where('kind', 'refresh_token')
      .orderBy('authorizedAt')
      .orderBy('connectionId')
  }
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
