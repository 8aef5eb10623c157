import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuid } from 'uuid'
import { noCounters, recordsRead } from '#engine/counters'
import type { OutcomeName } from '#engine/counters'
import { LeaseLost } from '#engine/ledger'
import type { BatchReport } from '#engine/ledger'
import { courtesy } from '#domain/runs/courtesy'
import { execute } from '#domain/runs/driver'
import type { Value } from '#domain/runs/driver'
import { writeFaults, resolveHealed } from '#domain/runs/faults'
import { forgetDeleted } from '#domain/runs/forget_deleted'
import { knowLease } from '#domain/runs/known_leases'
import type { Known } from '#domain/runs/known_leases'
import { closeJob } from '#domain/runs/job_records'
import { hasLinks, matchLinks, writeLinks } from '#domain/runs/links'
import { noteJob, openJobs } from '#domain/runs/open_jobs'
import { patiently } from '#domain/runs/patiently'
import Run, { ACTIVE_STATES } from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'
import type { Vault } from '#domain/tenants/vault'
import type { Lease, Ports, WireSettlement } from '#workers/messages'
import { unpackLinks } from '#workers/wire_links'

const HELD = `id = ? and lease_token = ? and state in (${ACTIVE_STATES.map(() => '?').join(', ')})`

/**
 * Opens a transaction that begins by touching the run's row under the lease: whoever lost the
 * lease stores nothing, and whoever holds it keeps it until the commit.
 */
async function fenced<Result>(
  { runId, token }: Lease,
  changes: string,
  values: Value[],
  work: (client: TransactionClientContract) => Promise<Result>
): Promise<Result> {
  const sql = `update runs set ${changes} where ${HELD}`
  const given = [...values, runId, token, ...ACTIVE_STATES]
  return patiently(() =>
    db.transaction(async (client) => {
      if ((await execute(client, sql, given)) !== 1) throw new LeaseLost()
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
    const values = [JSON.stringify(bounds), withoutCursor]
    await fenced(lease, 'bounds = ?, without_cursor = ?', values, async () => {})
  },

  async match(lease, keys, matches) {
    return matchLinks(await serviceNumber(lease.serviceId), keys, matches)
  },

  async intend(lease, packed) {
    const { serviceNumber: service } = await knowLease(lease)
    const links = unpackLinks(packed)
    await fenced(lease, 'attempts = 0', [], (client) => writeLinks(client, service, links))
  },

  async settle(lease, settlement) {
    const context = await knowLease(lease)
    const links = unpackLinks(settlement.links)
    await fenced(lease, SETTLE, settleValues(settlement), async (client) => {
      await writeLinks(client, context.serviceNumber, links)
      await forgetDeleted(client, context.serviceId, links)
      await settleFaults(client, context, lease, settlement)
      await settleBatches(client, context.vault, lease, settlement)
    })
    await courtesy.settled(lease.token, recordsRead(settlement.counters))
  },
}

const OUTCOMES = Object.keys(noCounters()) as OutcomeName[]

/** Progress was made, so the attempts count from zero again. One text for all settlements is prepared once. */
const SETTLE = `attempts = 0, ${OUTCOMES.map((name) => `${name} = ${name} + ?`).join(', ')},
  changes_ahead = changes_ahead + ?, planned_again = planned_again + ?,
  \`cursor\` = coalesce(?, \`cursor\`)`

function settleValues({ counters, cursor, ahead, plannedAgain }: WireSettlement): Value[] {
  const sums = OUTCOMES.map((name) => counters[name])
  const stored = cursor === undefined ? null : JSON.stringify(cursor)
  return [...sums, ahead ?? 0, plannedAgain ?? 0, stored]
}

async function settleFaults(
  client: TransactionClientContract,
  { vault, ...place }: Known,
  { runId }: Lease,
  { faults, healed }: Pick<WireSettlement, 'faults' | 'healed'>
): Promise<void> {
  await writeFaults(client, vault, { ...place, runId }, faults)
  await resolveHealed(client, place.serviceId, runId, healed)
}

/** A job's own row holds what its submission cost, which comes last of the batches stored with it. */
async function settleBatches(
  client: TransactionClientContract,
  vault: Vault,
  lease: Lease,
  { batches, job, finishedJob }: WireSettlement
): Promise<void> {
  if (finishedJob !== undefined) await closeJob(client, finishedJob)
  const submission = batches.findLast(({ route }) => route === job?.route)
  if (job !== undefined) await noteJob(client, vault, lease, job, submission)
  for (const report of byRoute(batches.filter((each) => each !== submission))) {
    const { route, records, calls, credits, took } = report
    const counted = [records, calls, credits, Math.round(took)]
    await execute(client, INSERT_BATCH, [uuid(), lease.runId, route, ...counted, Date.now()])
  }
}

const INSERT_BATCH = `insert into run_batches
    (id, run_id, route, records, calls, credits, took, created_at, state)
  values (?, ?, ?, ?, ?, ?, ?, ?, 'done')`

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
