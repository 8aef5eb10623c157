import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import { inquire } from '#domain/runners'
import { assertSameEnds } from '#domain/services/assert_same_ends'
import { flagProblems } from '#domain/services/flag_problems'
import { readsTheSame } from '#domain/services/reads_the_same'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import { setSchedule } from '#domain/services/set_schedule'
import { triggerProblems } from '#domain/services/trigger_problems'
import type Tenant from '#domain/tenants/tenant'
import { ConnectorError } from '#sdk'
import type { ServiceDefinition } from '#sdk'

export interface ApplyOptions {
  userId: string | null
  note?: string
  template?: string
  /** A new service starts paused, for this reason. */
  pausedBecause?: string
}

/**
 * Makes the tenant's service what the definition says, as a new revision. The definition is
 * checked against both streams first; nothing changes when it does not fit, or is the same.
 */
export async function applyService(
  tenant: Tenant,
  definition: ServiceDefinition,
  options: ApplyOptions
): Promise<{ service: Service; isNew: boolean; isChanged: boolean }> {
  const source = await findConnection(tenant, definition.source.connection, 'source')
  const target = await findConnection(tenant, definition.target.connection, 'target')
  await review(tenant, definition, source, target)

  const found = await Service.query()
    .where('tenantId', tenant.id)
    .where('name', definition.name)
    .first()
  const current = await found?.currentRevision()
  if (found !== null && JSON.stringify(current?.definition) === JSON.stringify(definition)) {
    return { service: found, isNew: false, isChanged: false }
  }
  if (found !== null && current) {
    await assertSameEnds(found, current.definition, { definition, source, target })
  }

  const service = await db.transaction(async (client) => {
    const now = DateTime.utc()
    const saved = (found ?? newService(tenant, options.pausedBecause ?? null, now))
      .useTransaction(client)
      .merge({
        name: definition.name,
        kind: definition.kind,
        sourceConnectionId: source.id,
        targetConnectionId: target.id,
        template: options.template ?? found?.template ?? null,
        updatedAt: now,
      })
    if (current && !readsTheSame(current.definition, definition)) saved.position = null
    saved.revision += 1
    await saved.save()
    await Revision.create(
      {
        serviceId: saved.id,
        number: saved.revision,
        definition,
        note: options.note ?? null,
        createdBy: options.userId,
        createdAt: now,
      },
      { client }
    )
    await setSchedule(saved, definition.schedule, client)
    return saved
  })
  await AuditEvent.record({
    tenantId: tenant.id,
    userId: options.userId,
    action: 'service.applied',
    subject: service.id,
    detail: { name: service.name, revision: service.revision },
  })
  return { service, isNew: found === null, isChanged: true }
}

function newService(tenant: Tenant, pausedBecause: string | null, now: DateTime): Service {
  return new Service().fill({
    tenantId: tenant.id,
    createdAt: now,
    state: pausedBecause === null ? 'enabled' : 'paused',
    stateReason: pausedBecause,
    revision: 0,
  })
}

async function findConnection(tenant: Tenant, name: string, part: 'source' | 'target') {
  const connections = await Connection.query().where('tenantId', tenant.id)
  const found = connections.find((connection) => connection.name === name)
  if (found !== undefined) return found
  const names = connections.map((connection) => connection.name).sort()
  throw new Refusal(
    `${part}.connection: there is no connection "${name}" in tenant "${tenant.slug}"; there are: ${names.join(', ') || 'none'}. Make one with connection:apply`
  )
}

/** A stream is asked for anew here, so that a definition is checked against what the vendor holds today. */
async function review(
  tenant: Tenant,
  definition: ServiceDefinition,
  source: Connection,
  target: Connection
): Promise<void> {
  for (const connection of [source, target]) {
    const result = await checkConnection(connection)
    if (!result.ok && result.tryAfter !== undefined) {
      throw new Refusal(`"${connection.name}": ${result.message}`)
    }
    if (!result.ok) {
      throw new Refusal(`The connection "${connection.name}" does not work: ${result.message}`)
    }
    await connection.refresh()
  }
  const stream = await describe(source, definition.source.stream, 'source')
  const problems = await inquire<'review'>({
    ask: 'review',
    definition,
    grounds: await groundsOf(tenant.id),
    source: { connection: await grantConnection(source), stream },
    target: {
      connection: await grantConnection(target),
      stream: await describe(target, definition.target.stream, 'target'),
    },
  })
  const said = [
    ...problems.map(({ where, message }) => `${where}: ${message}`),
    ...(await triggerProblems(definition, source, stream)),
    ...(await flagProblems(definition, source)),
  ]
  if (said.length === 0) return
  throw new Refusal(`The service "${definition.name}" does not fit its streams:`, said)
}

async function describe(connection: Connection, stream: string, part: string) {
  try {
    return await describeStream(connection, stream, { refresh: true })
  } catch (error) {
    if (error instanceof ConnectorError) throw new Refusal(`${part}.stream: ${error.message}`)
    throw error
  }
}
