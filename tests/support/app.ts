import { DateTime } from 'luxon'
import type { ServiceDefinition } from '#sdk'
import Connection from '#domain/connections/connection'
import { payloadContext } from '#domain/runs/dead_letter'
import DeadLetter from '#domain/runs/dead_letter'
import Run from '#domain/runs/run'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import { createTenant } from '#domain/tenants/create_tenant'
import Membership from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'
import Tenant from '#domain/tenants/tenant'
import User from '#domain/tenants/user'
import { Vault } from '#domain/tenants/vault'

/** What every user of these tests signs in with. */
export const PASSWORD = 'correct horse battery'

let serial = 0

/** A word that no other row of this process has. */
export function unique(word: string): string {
  return `${word}-${(serial += 1)}`
}

export function givenTenant(name = 'North Wind'): Promise<Tenant> {
  return createTenant(unique(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')), name)
}

export async function givenUser(given: { tenant?: Tenant; role?: Role } = {}): Promise<User> {
  const now = DateTime.utc()
  const user = await User.create({
    email: `${unique('person')}@example.com`,
    fullName: 'Ada Lovelace',
    password: PASSWORD,
    isOperator: given.tenant === undefined,
    createdAt: now,
  })
  if (given.tenant) {
    const role = given.role ?? 'operator'
    await Membership.create({ tenantId: given.tenant.id, userId: user.id, role, createdAt: now })
  }
  return user
}

export function givenConnection(
  tenant: Tenant,
  values: Partial<Connection> = {}
): Promise<Connection> {
  const now = DateTime.utc()
  return Connection.create({
    tenantId: tenant.id,
    name: unique('shop'),
    connector: 'mysql',
    settings: { host: '127.0.0.1', port: 3306, database: 'shop', user: 'shop' },
    health: 'unknown',
    createdAt: now,
    updatedAt: now,
    ...values,
  })
}

export function definitionOf(name: string, source: string, target: string): ServiceDefinition {
  return {
    name,
    kind: 'import',
    source: { connection: source, stream: 'orders', filter: 'status != "draft"' },
    target: {
      connection: target,
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Order_Ref'] },
    },
    mapping: [
      { to: 'Order_Ref', from: 'number' },
      { to: 'Deal_Name', formula: 'source.customer + " #" + source.number' },
      { to: 'Amount', from: 'total', as: 'decimal' },
      {
        to: 'Stage',
        when: [{ if: 'source.status == "paid"', value: 'Closed Won' }],
        default: 'Qualification',
      },
    ],
    incremental: { by: 'modified', column: 'updated_at' },
    schedule: { every: 15, unit: 'minutes' },
  }
}

export async function givenService(tenant: Tenant, values: Partial<Service> = {}) {
  const now = DateTime.utc()
  const source = await givenConnection(tenant)
  const target = await givenConnection(tenant, {
    name: unique('zoho'),
    connector: 'zoho_crm',
    settings: { dataCentre: 'eu' },
  })
  const service = await Service.create({
    tenantId: tenant.id,
    name: unique('orders-to-deals'),
    kind: 'import',
    state: 'enabled',
    sourceConnectionId: source.id,
    targetConnectionId: target.id,
    revision: 1,
    position: null,
    createdAt: now,
    updatedAt: now,
    ...values,
  })
  await Revision.create({
    serviceId: service.id,
    number: 1,
    definition: definitionOf(service.name, source.name, target.name),
    createdAt: now,
  })
  return service
}

export function givenRun(service: Service, values: Partial<Run> = {}): Promise<Run> {
  const now = DateTime.utc()
  return Run.create({
    tenantId: service.tenantId,
    serviceId: service.id,
    revision: service.revision,
    trigger: 'manual',
    state: 'succeeded',
    queuedAt: now,
    startedAt: now,
    finishedAt: now,
    ...values,
  })
}

export async function givenDeadLetter(run: Run, values: Partial<DeadLetter> = {}) {
  const tenant = await Tenant.findOrFail(run.tenantId)
  const sourceKey = values.sourceKey ?? unique('1042')
  const payload = { source: { number: sourceKey }, target: { Order_Ref: sourceKey } }
  return DeadLetter.create({
    tenantId: run.tenantId,
    serviceId: run.serviceId,
    runId: run.id,
    sourceKey,
    openKey: sourceKey,
    outcome: 'rejected',
    code: 'INVALID_DATA',
    message: 'The value is not an email address',
    field: 'Email',
    value: 'ada at example',
    sealedPayload: new Vault(tenant).seal(
      JSON.stringify(payload),
      payloadContext(run.serviceId, sourceKey)
    ),
    createdAt: DateTime.utc(),
    ...values,
  })
}
