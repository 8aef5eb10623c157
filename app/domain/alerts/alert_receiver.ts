import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AuditEvent from '#domain/audit/audit_event'
import type { AlertKind } from '#domain/alerts/alert'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import Tenant from '#domain/tenants/tenant'
import { Vault } from '#domain/tenants/vault'

export type ReceiverKind = 'mail' | 'webhook'

/** Whom a tenant's alerts are sent to. The address of a webhook is a secret, since it proves who may post. */
export default class AlertReceiver extends Identified {
  @column()
  declare tenantId: string

  @column()
  declare kind: ReceiverKind

  /** What a page may show of the address. */
  @column()
  declare shown: string

  @column({ serializeAs: null })
  declare sealedAddress: string

  @json()
  declare wants: AlertKind[]

  @column()
  declare lastError: string | null

  @instant()
  declare lastSentAt: DateTime | null

  @instant()
  declare createdAt: DateTime

  static async add(
    tenant: Tenant,
    { kind, address, wants }: { kind: ReceiverKind; address: string; wants: AlertKind[] },
    userId: string
  ): Promise<AlertReceiver> {
    const id = uuid()
    const shown = kind === 'mail' ? address : `${new URL(address).host}/…`
    const receiver = await this.create({
      ...{ id, tenantId: tenant.id, kind, shown, wants },
      sealedAddress: new Vault(tenant).seal(address, contextOf(id)),
      createdAt: DateTime.utc(),
    })
    await receiver.audit('alert_receiver.added', userId)
    return receiver
  }

  async hearOf(wants: AlertKind[], userId: string): Promise<void> {
    this.wants = wants
    await this.save()
    await this.audit('alert_receiver.changed', userId)
  }

  async remove(userId: string): Promise<void> {
    await this.delete()
    await this.audit('alert_receiver.removed', userId)
  }

  async address(): Promise<string> {
    const vault = new Vault(await Tenant.findOrFail(this.tenantId))
    return vault.open(this.sealedAddress, contextOf(this.id))
  }

  private audit(action: string, userId: string): Promise<void> {
    const { tenantId, id: subject, kind, shown } = this
    return AuditEvent.record({ tenantId, userId, action, subject, detail: { kind, shown } })
  }
}

const contextOf = (id: string) => `alert_receivers:${id}`
