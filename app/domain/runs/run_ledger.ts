import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import { recordsRead } from '#engine/counters'
import { LeaseLost } from '#engine/ledger'
import type { BatchReport, Fault, LinkRows } from '#engine/ledger'
import { courtesy } from '#domain/runs/courtesy'
import { writeFaults, resolveHealed } from '#domain/runs/faults'
import { forgetDeleted } from '#domain/runs/forget_deleted'
import { knowLease } from '#domain/runs/known_leases'
import type { Known } from '#domain/runs/known_leases'
import { hasLinks, matchLinks, writeLinks } from '#domain/runs/links'
import { manifestContext, openJobs } from '#domain/runs/open_jobs'
import { patiently } from '#domain/runs/patiently'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'
import { serviceNumber } from '#domain/runs/service_number'
import type { Vault } from '#domain/tenants/vault'
import type { Lease, Ports, WireSettlement } from '#workers/messages'

/**
 * Opens a transaction that begins by touching the run's row under the lease: whoever lost the
 * lease stores nothing, and whoever holds it keeps it until the commit.
 */
async function fenced<Result>(
  { runId, token }: Lease,
  changes: { [column: string]: unknown },
  work: (client: TransactionClientContract) => Promise<Result>
): Promise<Result> {
  return patiently(() =>
    db.transaction(async (client) => {
      const changed = await client
        .from('runs')
        .where('id', runId)
        .where('lease_token', token)
        .whereIn('state', [...ACTIVE_STATES])
        .update(changes)
      if (Number(changed) !== 1) throw new LeaseLost()
      return work(client)
    })
  )
}

export const ledgerPort: Ports['ledger'] = {
  async open(lease) {
    const { vault, serviceNumber: service } = await knowLease(lease)
    const run = await Run.query().where('id', lease.runId).where('leaseToken', lease.token).first()
    if (run === null) throw new LeaseLost()
    return {
      isFresh: !(await hasLinks(service)),
      cursor: run.cursor,
      counters: run.counters,
      ahead: run.changesAhead,
      plannedAgain: run.plannedAgain,
      jobs: await openJobs(run, vault),
    }
  },

  async begin(lease, bounds, withoutCursor) {
    const changes = { bounds: JSON.stringify(bounds), without_cursor: withoutCursor }
    await fenced(lease, changes, async () => {})
  },

  async match(lease, keys, matches) {
    return matchLinks(await serviceNumber(lease.serviceId), keys, matches)
  },

  async intend(lease, links) {
    const { serviceNumber: service } = await knowLease(lease)
    await fenced(lease, { attempts: 0 }, (client) => writeLinks(client, service, links))
  },

  async settle(lease, settlement) {
    const context = await knowLease(lease)
    await fenced(lease, runChanges(settlement), async (client) => {
      await writeLinks(client, context.serviceNumber, settlement.links)
      await forgetDeleted(client, context.serviceId, settlement.links)
      await settleFaults(client, context, lease, settlement)
      await settleBatches(client, context.vault, lease, settlement)
    })
    await courtesy.settled(lease.token, recordsRead(settlement.counters))
  },
}

/** Progress was made, so the attempts count from zero again. */
function runChanges({ counters, cursor, ahead, plannedAgain }: WireSettlement): {
  [column: string]: unknown
} {
  const sums = Object.entries(counters).map(([outcome, count]) => [
    outcome,
    db.rawQuery('?? + ?', [outcome, count]),
  ])
  return {
    ...Object.fromEntries(sums),
    attempts: 0,
    ...(ahead ? { changes_ahead: db.rawQuery('changes_ahead + ?', [ahead]) } : {}),
    ...(plannedAgain ? { planned_again: db.rawQuery('planned_again + ?', [plannedAgain]) } : {}),
    ...(cursor === undefined ? {} : { cursor: JSON.stringify(cursor) }),
  }
}

async function settleFaults(
  client: TransactionClientContract,
  { vault, ...place }: Known,
  { runId }: Lease,
  { faults, healed }: { faults: Fault[]; healed: string[]; links: LinkRows }
): Promise<void> {
  await writeFaults(client, vault, { ...place, runId }, faults)
  await resolveHealed(client, place.serviceId, runId, healed)
}

/** A job's own row holds what its submission cost; it is reported in the same settlement. */
async function settleBatches(
  client: TransactionClientContract,
  vault: Vault,
  { runId, serviceId }: Lease,
  { batches, job, finishedJob }: WireSettlement
): Promise<void> {
  const createdAt = DateTime.utc()
  if (finishedJob !== undefined) {
    await client
      .from('run_batches')
      .where('id', finishedJob)
      .update({ state: 'done', manifest: null, open_service_id: null })
  }
  const submission = batches.find(({ route }) => route === job?.route)
  if (job !== undefined) {
    const { id, route, ticket, records } = job
    const { calls = 1, credits = 0, took = 0 } = submission ?? {}
    const manifest = vault.sealBytes(job.manifest, manifestContext(runId, id))
    await RunBatch.create(
      {
        ...{
          id,
          runId,
          route,
          ticket,
          records,
          manifest,
          state: 'open',
          openServiceId: serviceId,
          calls,
          credits,
          createdAt,
        },
        took: Math.round(took),
      },
      { client }
    )
  }
  const others = byRoute(batches.filter((report) => report !== submission))
  if (others.length === 0) return
  await client.table('run_batches').multiInsert(
    others.map(({ took, ...report }) => ({
      ...{ id: uuid(), run_id: runId, state: 'done', created_at: createdAt.toMillis() },
      ...report,
      took: Math.round(took),
    }))
  )
}

/** The calls of one settlement, a row per route: a run of a million records keeps hundreds of rows, not tens of thousands. */
function byRoute(batches: BatchReport[]): BatchReport[] {
  const sums = new Map<string, BatchReport>()
  for (const { route, ...batch } of batches) {
    const sum = sums.get(route) ?? { route, records: 0, calls: 0, credits: 0, took: 0 }
    sum.records += batch.records
    sum.calls += batch.calls
    sum.credits += batch.credits
    sum.took += batch.took
    sums.set(route, sum)
  }
  return [...sums.values()]
}
