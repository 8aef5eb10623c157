import db from '@adonisjs/lucid/services/db'
import AuditEvent from '#domain/audit/audit_event'
import { Refusal } from '#domain/refusal'
import type DeadLetter from '#domain/runs/dead_letter'
import { tryEdits } from '#domain/runs/edit_trial'
import type { Edit, RefusedEdit } from '#domain/runs/edit_trial'
import { giveRecords } from '#domain/runs/given_records'
import type Run from '#domain/runs/run'
import { assertEnabled, queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'

export interface EditRequest {
  tenant: Tenant
  service: Service
  letters: DeadLetter[]
  /** What was typed, by source field; fields that are not named keep their values. */
  texts: { [field: string]: string }
  userId: string
  /** Sends what passes where some do not; otherwise nothing is sent then. */
  sendsSound: boolean
}

export type EditOutcome =
  | { type: 'sent'; run: Run; refused: RefusedEdit[] }
  | { type: 'refused'; refused: RefusedEdit[]; sound: number }

/**
 * Sends failed records again with source values that a person edited. Nothing is sent that the
 * service's mapping would refuse; the letters close themselves when their records arrive.
 */
export async function editLetters(request: EditRequest): Promise<EditOutcome> {
  const { tenant, service, letters, texts, sendsSound } = request
  assertEnabled(service)
  const open = letters.filter(({ resolvedAt }) => resolvedAt === null)
  if (open.length === 0) throw new Refusal('Nothing is left to mend: the records arrived meanwhile')
  const { sound, refused } = await tryEdits(service, tenant, open, texts)
  if (sound.length === 0 || (refused.length > 0 && !sendsSound)) {
    return { type: 'refused', refused, sound: sound.length }
  }
  const run = await queueEdits(request, sound)
  await AuditEvent.record({
    tenantId: tenant.id,
    userId: request.userId,
    action: 'dead_letters.edited',
    subject: run.id,
    detail: {
      service: service.name,
      fields: Object.keys(texts),
      letters: sound.map(({ letter }) => letter.id),
    },
  })
  wakeDispatcher()
  return { type: 'sent', run, refused }
}

/** One transaction, so that no runner takes the run up before it knows what to send. */
function queueEdits({ service, tenant, userId }: EditRequest, edits: Edit[]): Promise<Run> {
  return db.transaction(async (client) => {
    const onlyKeys = edits.map(({ letter }) => letter.sourceKey)
    const run = await queueRun(
      service,
      { trigger: 'replay', requestedBy: userId, onlyKeys },
      client
    )
    const given = edits.map(({ record }) => record)
    const givenFrom = edits.map(({ from }) => from)
    await giveRecords(run, tenant, { given, givenFrom }, client)
    return run
  })
}
