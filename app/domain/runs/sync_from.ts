import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import type Run from '#domain/runs/run'
import { assertEnabled, queueRun, unfinishedRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'

const TIMES = ['date', 'datetime']

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
    if ((await unfinishedRun(service.id, client)) !== null) {
      throw new Refusal('A run of it waits or is under way: wait for its end, or cancel it first')
    }
    await client
      .from('services')
      .where('id', service.id)
      .update({ position: JSON.stringify(position) })
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
  if (!TIMES.includes(type)) {
    throw new Refusal(
      `It follows ${incremental.column}, which holds no time: sync from the beginning`
    )
  }
}
