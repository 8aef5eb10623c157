import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import { Refusal } from '#domain/refusal'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import Preview from '#domain/services/preview'
import { approvedRecords } from '#domain/services/preview_records'
import Service from '#domain/services/service'

/** Starts the run that carries out a preview, and nothing else. A second click finds the run of the first one. */
export async function approvePreview(preview: Preview, userId: string): Promise<Run> {
  if (preview.runId !== null) return Run.findOrFail(preview.runId)
  const service = await Service.findOrFail(preview.serviceId)
  const obstacle = whyNotApproved(preview, service)
  if (obstacle !== null) throw new Refusal(obstacle)
  const run = await queueOnce(preview, service, userId)
  if (run === null) {
    await preview.refresh()
    return Run.findOrFail(preview.runId)
  }
  await AuditEvent.record({
    tenantId: preview.tenantId,
    userId,
    action: 'preview.approved',
    subject: preview.id,
    detail: { service: service.name, run: run.id, changes: preview.changes },
  })
  wakeDispatcher()
  return run
}

/** Null where it may be applied as it is. */
export function whyNotApproved(preview: Preview, service: Service): string | null {
  if (preview.isExpired) return 'This preview is older than a day. Preview again.'
  if (preview.revision !== service.revision) {
    return 'The service has changed since this preview was made. Preview again.'
  }
  if (service.state !== 'enabled') return `The service is ${service.state}: enable it first.`
  if (preview.changes === 0) return 'There is nothing to apply.'
  if (preview.isWhole) return null
  return 'These are too many changes to apply one by one. Run the service instead; a brake can make it ask.'
}

/** Null where another click was faster. */
async function queueOnce(preview: Preview, service: Service, userId: string): Promise<Run | null> {
  const client = await db.transaction()
  try {
    const records = await approvedRecords(preview.id, client)
    const onlyKeys = [...new Set(records.map(([key]) => key))]
    const request = { trigger: 'manual' as const, requestedBy: userId, onlyKeys }
    const run = await queueRun(service, request, client)
    await run.merge({ previewId: preview.id }).save()
    const changed = await Preview.query({ client })
      .where('id', preview.id)
      .whereNull('runId')
      .update({ runId: run.id, approvedBy: userId, approvedAt: DateTime.utc().toMillis() })
    if (Number(changed) === 1) {
      await client.commit()
      return run
    }
    await client.rollback()
    return null
  } catch (error) {
    await client.rollback()
    throw error
  }
}
