import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import { isTaken } from '#domain/is_taken'
import { Refusal } from '#domain/refusal'
import type Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import type Selection from '#domain/selections/selection'
import SelectionRun from '#domain/selections/selection_run'
import type Service from '#domain/services/service'

/** Runs a service over a selection once, however often it is asked to. */
export async function executeSelection(selection: Selection, service: Service): Promise<Run> {
  const before = await SelectionRun.runOf(selection.id, service.id)
  if (before !== null) return before
  if (selection.isExpired()) throw new Refusal('This link has expired: open it from Zoho again')
  if (service.state !== 'enabled') {
    throw new Refusal(`The service "${service.name}" is ${service.state}: it cannot run now`)
  }
  try {
    const run = await claim(selection, service)
    await AuditEvent.record({
      tenantId: service.tenantId,
      userId: null,
      action: 'run.requested',
      subject: run.id,
      detail: { service: service.name, trigger: 'manual', ...askerOf(selection) },
    })
    wakeDispatcher()
    return run.refresh()
  } catch (error) {
    const first = isTaken(error) ? await SelectionRun.runOf(selection.id, service.id) : null
    if (first === null) throw error
    return first
  }
}

/** The unique row and the run are one: of two clicks, the later finds the row taken and queues nothing. */
function claim(selection: Selection, service: Service): Promise<Run> {
  return db.transaction(async (client) => {
    const request = { trigger: 'manual' as const, requestedBy: null, onlyKeys: selection.ids }
    const run = await queueRun(service, request, client)
    const createdAt = DateTime.utc()
    const row = { selectionId: selection.id, serviceId: service.id, runId: run.id, createdAt }
    await SelectionRun.create(row, { client })
    return run
  })
}

function askerOf({ org, userId, userName, ids }: Selection) {
  return { org, vendorUser: userId, vendorUserName: userName, records: ids.length }
}
