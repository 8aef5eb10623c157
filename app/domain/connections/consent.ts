import { randomBytes } from 'node:crypto'
import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import { digest } from '#domain/connections/authorization'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import type { Granted } from '#domain/connections/oauth_granted'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

/** `open` waits for the vendor's callback, `other_account` for a person's yes; the others are over. */
export type ConsentState = 'open' | 'used' | 'denied' | 'failed' | 'other_account' | 'done'

const GOOD_FOR = { minutes: 10 }
const KEPT_FOR = { days: 1 }

/** A sign-in under way: the draft of a connection, bound to the session of the person who began it. */
export default class Consent extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare userId: string

  /** The connection that signs in again; null for a new one. */
  @column()
  declare connectionId: string | null

  @column()
  declare state: ConsentState

  @column({ serializeAs: null })
  declare stateHash: string

  @column({ serializeAs: null })
  declare sessionHash: string

  @column({ serializeAs: null })
  declare sealedDraft: string

  @column({ serializeAs: null })
  declare sealedGrant: string | null

  /** Why it failed, for a person. */
  @column()
  declare message: string | null

  @instant()
  declare createdAt: DateTime

  @instant()
  declare expiresAt: DateTime

  /** Begins a sign-in; answers the secret that the vendor's callback must bring back. */
  static async begin(
    tenant: Tenant,
    draft: ConnectionDraft,
    by: { userId: string; sessionId: string; connectionId: string | null }
  ): Promise<{ consent: Consent; state: string }> {
    const now = DateTime.utc()
    await this.query().where('expiresAt', '<', now.minus(KEPT_FOR).toMillis()).delete()
    const state = randomBytes(32).toString('base64url')
    const consent = new this().fill({ id: uuid() })
    consent.merge({
      ...{ tenantId: tenant.id, userId: by.userId, connectionId: by.connectionId },
      state: 'open',
      stateHash: digest(state),
      sessionHash: digest(by.sessionId),
      sealedDraft: new Vault(tenant).seal(JSON.stringify(draft), consent.context('draft')),
      sealedGrant: null,
      createdAt: now,
      expiresAt: now.plus(GOOD_FOR),
    })
    return { consent: await consent.save(), state }
  }

  /** The sign-in that a callback belongs to, for exactly one of any number of callbacks. */
  static async take(state: string, by: { userId: string; sessionId: string }) {
    const consent = await this.query()
      .where('stateHash', digest(state))
      .where('sessionHash', digest(by.sessionId))
      .where('userId', by.userId)
      .first()
    return (await consent?.advance('open', 'used')) ? consent : null
  }

  /** True for exactly one caller, and only in time. */
  async advance(from: ConsentState, to: ConsentState): Promise<boolean> {
    const changed = await Consent.query()
      .where('id', this.id)
      .where('state', from)
      .where('expiresAt', '>', Date.now())
      .update({ state: to })
    if (Number(changed) !== 1) return false
    this.state = to
    return true
  }

  async draft(): Promise<ConnectionDraft> {
    return JSON.parse(await this.#open(this.sealedDraft, 'draft'))
  }

  async granted(): Promise<Granted | null> {
    return this.sealedGrant === null
      ? null
      : JSON.parse(await this.#open(this.sealedGrant, 'grant'))
  }

  async keepDraft(draft: ConnectionDraft): Promise<void> {
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    this.sealedDraft = vault.seal(JSON.stringify(draft), this.context('draft'))
  }

  async keepGrant(granted: Granted): Promise<void> {
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    this.sealedGrant = vault.seal(JSON.stringify(granted), this.context('grant'))
  }

  async end(state: ConsentState, message: string | null): Promise<void> {
    Object.assign(this, { state, message, sealedGrant: null })
    await this.save()
  }

  context(part: 'draft' | 'grant'): string {
    return `consents:${this.id}:${part}`
  }

  async #open(sealed: string, part: 'draft' | 'grant'): Promise<string> {
    return new Vault(await Tenant.findOrFail(this.tenantId)).open(sealed, this.context(part))
  }
}
