import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import { assertEnabled, queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import Service from '#domain/services/service'
import type { ServiceDefinition, Value } from '#sdk'

/**
 * Reads again what a service has followed so far: from the beginning, or from a moment. Should the
 * run not come to its end, the next one begins there too. What has not changed is not sent again.
 */
export async function syncFrom(
  service: Service,
  from: DateTime | null,
  userId: string
): Promise<Run> {
  assertEnabled(service)
  const { definition } = await service.currentRevision()
  await assertFollows(service, definition, from)
  const position = from === null ? null : from.toUTC().toISO({ suppressMilliseconds: true })
  const run = await db.transaction(async (client) => {
    // The lock on its row comes first: whoever queues a run of it waits for this one's end.
    await client.from('services').where('id', service.id).update({ updated_at: Date.now() })
    await assertIdle(service.id, client)
    const { position: reached } = await Service.findOrFail(service.id, { client })
    if (from !== null) await assertRead(service, reached, from, client)
    await client
      .from('services')
      .where('id', service.id)
      .update({ position: JSON.stringify(position) })
    await dropPreviews(service.id, client)
    return queueRun(service, { trigger: 'manual', requestedBy: userId }, client)
  })
  await AuditEvent.record({
    ...{ tenantId: service.tenantId, userId, action: 'run.requested', subject: run.id },
    detail: { service: service.name, trigger: 'manual', from: position ?? 'the beginning' },
  })
  wakeDispatcher()
  return run.refresh()
}

async function assertFollows(
  { name, sourceConnectionId }: Service,
  { incremental, source }: ServiceDefinition,
  from: DateTime | null
): Promise<void> {
  if (incremental === undefined) {
    throw new Refusal(`The service "${name}" reads everything each time: run it`)
  }
  if (from === null) return
  const connection = await Connection.findOrFail(sourceConnectionId)
  const { fields } = await describeStream(connection, source.stream)
  const type = fields.find((field) => field.name === incremental.column)?.type ?? 'unknown'
  if (type !== 'datetime') {
    throw new Refusal(
      `It follows ${incremental.column}, which holds no time: sync from the beginning`
    )
  }
}

async function assertIdle(serviceId: string, client: TransactionClientContract): Promise<void> {
  const unfinished = await Run.query({ client })
    .where('serviceId', serviceId)
    .whereNull('onlyKeys')
    .whereIn('state', ['queued', 'held', ...ACTIVE_STATES])
    .first()
  if (unfinished !== null) {
    throw new Refusal('A run of it waits or is under way: wait for its end, or cancel it first')
  }
}

/** What changed between the place it has reached and a later moment would never be read. */
async function assertRead(
  { id, name }: Service,
  reached: Value,
  from: DateTime,
  client: TransactionClientContract
): Promise<void> {
  if (from > DateTime.utc()) {
    throw new Refusal(`${wordsOf(from)} is still to come: choose a moment before now`)
  }
  if (reached === null) {
    const past = await Run.query({ client }).where('serviceId', id).whereNotNull('bounds').first()
    if (past === null) return
    throw new Refusal(
      `"${name}" is to read everything, and has not come to its end: sync from the beginning`
    )
  }
  const place = DateTime.fromISO(String(reached), { zone: 'utc' })
  if (!place.isValid) {
    throw new Refusal(`"${name}" has reached ${String(reached)}, no time: sync from the beginning`)
  }
  if (from > place) {
    throw new Refusal(
      `"${name}" has read up to ${wordsOf(place)} only: from ${wordsOf(from)} it would miss what changed in between. Choose a moment before that, or just run it`
    )
  }
}

const wordsOf = (moment: DateTime) => moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'")

/** They were made where the service stood before, and say nothing of what it reads now. */
async function dropPreviews(serviceId: string, client: TransactionClientContract): Promise<void> {
  const now = Date.now()
  await client
    .from('previews')
    .where('service_id', serviceId)
    .whereNull('run_id')
    .where('expires_at', '>', now)
    .update({ expires_at: now })
}
