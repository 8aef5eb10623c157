import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import type Connection from '#domain/connections/connection'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

interface Secrets {
  /** What the packed widget proves itself with. Everybody who may open the widget can read it. */
  key: string
  /** Signs the links to selections, and never leaves the server. */
  signing: string
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const random = () => randomBytes(32).toString('base64url')

/** The door by which one vendor org's own pages hand over selected records. */
export default class Extension extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare connectionId: string

  @column()
  declare keyHash: string

  @column({ serializeAs: null })
  declare sealedSecrets: string

  @instant()
  declare createdAt: DateTime

  /** Gives the extension a new key, by which all packed before are revoked. */
  static async issue({ id: connectionId, tenantId }: Connection): Promise<Extension> {
    const secrets = { key: random(), signing: random() }
    await this.query().where('connectionId', connectionId).delete()
    const extension = new this()
    this.assignId(extension)
    const vault = new Vault(await Tenant.findOrFail(tenantId))
    extension.merge({
      ...{ tenantId, connectionId, keyHash: digest(secrets.key), createdAt: DateTime.utc() },
      sealedSecrets: vault.seal(JSON.stringify(secrets), contextOf(extension.id)),
    })
    return extension.save()
  }

  /** Looked up by its digest, so the time it takes tells nothing about the key. */
  static async findByKey(key: string): Promise<Extension | null> {
    const found = await this.findBy('keyHash', digest(key))
    if (found === null) return null
    const secrets = await found.secrets()
    const isSame = timingSafeEqual(Buffer.from(digest(secrets.key)), Buffer.from(digest(key)))
    return isSame ? found : null
  }

  async secrets(): Promise<Secrets> {
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    return JSON.parse(vault.open(this.sealedSecrets, contextOf(this.id)))
  }
}

const contextOf = (id: string) => `extensions:${id}:secrets`
