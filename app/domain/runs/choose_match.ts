import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import AuditEvent from '#domain/audit/audit_event'
import { Refusal } from '#domain/refusal'
import type DeadLetter from '#domain/runs/dead_letter'
import { openPayload } from '#domain/runs/letter_payload'
import { matchLinks, writeLinks } from '#domain/runs/links'
import type Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import { assertEnabled, queueRun } from '#domain/runs/start_run'
import { wakeDispatcher } from '#domain/runs/wake'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { matchKey } from '#workers/match_key'

export const AMBIGUOUS = 'AMBIGUOUS_MATCH'

export interface MatchChoice {
  tenant: Tenant
  service: Service
  letter: DeadLetter
  /** The record of the target that it is; null creates a new one. */
  targetId: string | null
  userId: string | null
}

/** Pairs a record that could be several of the target with the one that a person chose, and sends it again. */
export async function chooseMatch(choice: MatchChoice): Promise<Run> {
  const { service, letter, targetId, tenant, userId } = choice
  assertEnabled(service)
  await assertOpen(choice)
  const number = await serviceNumber(service.id)
  const key = letter.sourceKey
  const run = await db.transaction(async (client) => {
    if (targetId !== null) {
      await assertFree(client, number, key, targetId)
      await writeLinks(client, number, {
        keys: [key],
        matches: [matchKey(targetId)],
        targetIds: [targetId],
        hashes: [''],
        states: ['rejected'],
      })
    }
    const freshKeys = targetId === null ? [key] : null
    const request = { trigger: 'replay' as const, requestedBy: userId, onlyKeys: [key], freshKeys }
    return queueRun(service, request, client)
  })
  await AuditEvent.record({
    tenantId: tenant.id,
    userId,
    action: 'dead_letter.matched',
    subject: run.id,
    detail: { service: service.name, letter: letter.id, target: targetId ?? 'new' },
  })
  wakeDispatcher()
  return run
}

async function assertOpen({ letter, service, targetId, tenant }: MatchChoice): Promise<void> {
  if (letter.resolvedAt !== null) throw new Refusal('Nothing is left to choose: it has arrived')
  const { definition } = await service.currentRevision()
  const { match } = definition.target
  if (letter.code !== AMBIGUOUS || match.by !== 'search') {
    throw new Refusal('There is nothing to choose here: send the record again instead')
  }
  if (targetId === null) {
    if (match.none !== 'skip') return
    throw new Refusal('This service creates no records: choose one that is there')
  }
  const { candidates } = openPayload(letter, tenant)
  if (candidates.some(({ id }) => id === targetId)) return
  throw new Refusal('The record that was chosen is none of those that were found')
}

/** One choice at a time in each service: two people may choose one record for two of the source. */
async function assertFree(
  client: TransactionClientContract,
  number: number,
  key: string,
  targetId: string
): Promise<void> {
  await client.from('service_numbers').where({ number }).update({ number })
  const [{ owner }] = await matchLinks(number, [key], [matchKey(targetId)], client)
  if (owner === null) return
  throw new Refusal(`The record "${owner}" stands for that one already: choose another`)
}
