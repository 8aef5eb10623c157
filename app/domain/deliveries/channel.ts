import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { ChangeKind, Json, Value } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

/** `polling`: the vendor cannot reach this server, so that sweeps alone find the changes. */
export type ChannelState = 'wanted' | 'open' | 'polling' | 'broken' | 'ending'

export interface ChannelWish {
  changes: ChangeKind[]
  /** Empty for all. */
  fields: string[]
}

export interface ChannelSecrets {
  path: string
  token: string
}

/** By which a vendor tells of the changes of one stream, to all services that follow it. */
export default class Channel extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare connectionId: string

  @column()
  declare stream: string

  @column()
  declare number: string

  @column()
  declare pathHash: string

  @column({ serializeAs: null })
  declare sealedSecrets: string

  @json()
  declare wish: ChannelWish

  @json()
  declare grantedWish: ChannelWish | null

  @column()
  declare state: ChannelState

  @column()
  declare fault: string | null

  @json()
  declare handle: Json

  @instant()
  declare wantedUntil: DateTime | null

  @instant()
  declare grantedUntil: DateTime | null

  @instant()
  declare dueAt: DateTime

  @instant()
  declare heardAt: DateTime | null

  @column()
  declare refused: number

  /** How far sweeps have looked, in the vendor's terms. */
  @json()
  declare position: Value

  @json()
  declare deletedPosition: { since: string; cursor: Json } | null

  @instant()
  declare sweptAt: DateTime | null

  @instant()
  declare sweepDueAt: DateTime

  @column()
  declare foundBySweep: number

  @column()
  declare deletions: number

  @column()
  declare echoes: number

  @instant()
  declare heldUntil: DateTime

  @instant()
  declare createdAt: DateTime

  async vault(): Promise<Vault> {
    return new Vault(await Tenant.findOrFail(this.tenantId))
  }

  async secrets(): Promise<ChannelSecrets> {
    const vault = await this.vault()
    return JSON.parse(vault.open(this.sealedSecrets, `channels:${this.id}:secrets`))
  }

  async sealSecrets(secrets: ChannelSecrets): Promise<void> {
    const vault = await this.vault()
    this.sealedSecrets = vault.seal(JSON.stringify(secrets), `channels:${this.id}:secrets`)
  }
}
