import { column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Limits, Value } from '#sdk'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

export type Health = 'unknown' | 'ok' | 'broken'

export default class Connection extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare name: string

  @column()
  declare connector: string

  @json()
  declare settings: { [name: string]: Value }

  @column({ serializeAs: null })
  declare sealedSecrets: string | null

  /** The vendor's account that this connection was first checked against. */
  @column()
  declare identity: string | null

  /** The name of that account, and what else the vendor tells of it: title to text. */
  @column()
  declare account: string | null

  @json()
  declare facts: { [title: string]: string } | null

  @json()
  declare limits: Limits | null

  /** The tenant's own word on the credits of any 24 hours; null takes the vendor's. */
  @column()
  declare creditsPerDay: number | null

  /** Percent of the credits that runs leave alone; null is the usual tenth. */
  @column()
  declare reservePercent: number | null

  @column()
  declare health: Health

  @column()
  declare healthMessage: string | null

  @instant()
  declare checkedAt: DateTime | null

  /** When the vendor last answered a check or a sign-in as it should. */
  @instant()
  declare lastGoodAt: DateTime | null

  @instant()
  declare createdAt: DateTime

  @instant()
  declare updatedAt: DateTime

  async secrets(): Promise<{ [name: string]: string }> {
    if (this.sealedSecrets === null) return {}
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    return JSON.parse(vault.open(this.sealedSecrets, this.#secretsContext()))
  }

  async sealSecrets(secrets: { [name: string]: string }): Promise<void> {
    if (Object.keys(secrets).length === 0) {
      this.sealedSecrets = null
      return
    }
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    this.sealedSecrets = vault.seal(JSON.stringify(secrets), this.#secretsContext())
  }

  #secretsContext(): string {
    return `connections:${this.id}:secrets`
  }
}
