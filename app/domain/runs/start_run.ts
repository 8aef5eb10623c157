import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import { Refusal } from '#domain/refusal'
import Run from '#domain/runs/run'
import type { Trigger } from '#domain/runs/run'
import { wakeDispatcher } from '#domain/runs/wake'
import type Service from '#domain/services/service'

export interface RunRequest {
  trigger: Trigger
  requestedBy: string | null
  onlyKeys?: string[]
  /** Of those, what is created although the target holds records like it. */
  freshKeys?: string[] | null
}

const UNFINISHED = ['queued', 'held', 'running']

/** The run over a service's whole stream that waits or is under way, if there is one. */
export function unfinishedRun(serviceId: string): Promise<Run | null> {
  return Run.query()
    .where('serviceId', serviceId)
    .whereNull('onlyKeys')
    .whereIn('state', UNFINISHED)
    .orderBy('queuedAt')
    .first()
}

/** How many such runs there are, and how many of them ask a person. */
export async function countUnfinished(
  serviceId: string,
  client: TransactionClientContract
): Promise<{ all: number; asking: number }> {
  const rows = await client
    .from('runs')
    .where('service_id', serviceId)
    .whereNull('only_keys')
    .whereIn('state', UNFINISHED)
    .groupBy('state')
    .select('state')
    .count('* as runs')
  const counts = new Map(rows.map(({ state, runs }) => [state, Number(runs)]))
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { all, asking: counts.get('held') ?? 0 }
}

export function queueRun(
  service: Service,
  { trigger, requestedBy, onlyKeys, freshKeys }: RunRequest,
  client?: TransactionClientContract
): Promise<Run> {
  return Run.create(
    {
      tenantId: service.tenantId,
      serviceId: service.id,
      revision: service.revision,
      trigger,
      requestedBy,
      onlyKeys: onlyKeys ?? null,
      freshKeys: freshKeys ?? null,
      state: 'queued',
      attempts: 0,
      queuedAt: DateTime.utc(),
    },
    { client }
  )
}

export function assertEnabled(service: Service): void {
  if (service.state === 'enabled') return
  const why = service.stateReason === null ? '' : ` (${service.stateReason})`
  throw new Refusal(`The service "${service.name}" is ${service.state}${why}: enable it first`)
}

/** Queues a run by hand. A second click finds the run of the first one. */
export async function startRun(service: Service, request: RunRequest): Promise<Run> {
  assertEnabled(service)
  const unfinished = request.onlyKeys === undefined ? await unfinishedRun(service.id) : null
  const run = unfinished ?? (await queueRun(service, request))
  if (unfinished === null) {
    await AuditEvent.record({
      tenantId: service.tenantId,
      userId: request.requestedBy,
      action: 'run.requested',
      subject: run.id,
      detail: { service: service.name, trigger: request.trigger },
    })
  }
  wakeDispatcher()
  return run.refresh()
}
