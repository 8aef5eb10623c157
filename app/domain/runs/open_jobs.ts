import { isDeepStrictEqual } from 'node:util'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { BatchReport } from '#engine/ledger'
import { execute } from '#domain/runs/driver'
import { closeJob, firstPart, keepRest, sealedRecords } from '#domain/runs/job_records'
import Run, { FINAL_STATES } from '#domain/runs/run'
import RunBatch from '#domain/runs/run_batch'
import Revision from '#domain/services/revision'
import type { Vault } from '#domain/tenants/vault'
import type { Lease, WireCheckpoint, WireSettlement } from '#workers/messages'

const manifestContext = (runId: string, batchId: string) => `run_batches:${runId}:${batchId}`

const INSERT_JOB = `insert into run_batches
    (id, run_id, open_service_id, route, state, ticket, manifest, records, calls, credits, took, created_at)
  values (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)`

/**
 * Notes a job under way. Its records are megabytes, which a model's insert would hand to MySQL as
 * hexadecimal text, twice as long.
 */
export async function noteJob(
  client: TransactionClientContract,
  vault: Vault,
  { runId, serviceId }: Lease,
  { id, route, ticket, records, manifest }: NonNullable<WireSettlement['job']>,
  submission: BatchReport | undefined
): Promise<void> {
  const { calls = 1, credits = 0, took = 0 } = submission ?? {}
  const sealed = vault.sealBytes(manifest, manifestContext(runId, id))
  const place = [id, runId, serviceId, route, JSON.stringify(ticket)]
  const spent = [calls, credits, Math.round(took)]
  const values = [...place, firstPart(sealed), records, ...spent, Date.now()]
  await execute(client, INSERT_JOB, values)
  await keepRest(client, id, sealed)
}

/** The jobs under way that a run follows: its own, and those that ended runs of its service left. */
export async function openJobs(run: Run, vault: Vault): Promise<WireCheckpoint['jobs']> {
  const open = await RunBatch.query()
    .where('openServiceId', run.serviceId)
    .where('state', 'open')
    .orderBy('createdAt')
  const others = open.filter(({ runId }) => runId !== run.id)
  const left = others.length === 0 ? [] : await leftBehind(run, others)
  const followed = open.filter((job) => job.runId === run.id || left.includes(job))
  const jobs: WireCheckpoint['jobs'] = []
  for (const job of followed) {
    const { id, runId, route, ticket } = job
    const manifest = vault.openBytes(await sealedRecords(job), manifestContext(runId, id))
    jobs.push({ id, route, ticket, manifest, isOfEarlierRun: runId !== run.id })
  }
  return jobs
}

/**
 * Of runs that are over. A job whose run wrote to another target, or otherwise than this one,
 * cannot be read by this one's terms: it is let go, and its records are matched as ever.
 */
async function leftBehind(run: Run, jobs: RunBatch[]): Promise<RunBatch[]> {
  const ended = await Run.query()
    .whereIn(
      'id',
      jobs.map(({ runId }) => runId)
    )
    .whereIn('state', [...FINAL_STATES])
  const revisions = new Map(ended.map(({ id, revision }) => [id, revision]))
  const fitting = await fittingRevisions(run, [...revisions.values()])
  const left: RunBatch[] = []
  for (const job of jobs) {
    const revision = revisions.get(job.runId)
    if (revision === undefined) continue
    if (fitting.has(revision)) left.push(job)
    else await closeJob(db.connection(), job.id)
  }
  return left
}

async function fittingRevisions(run: Run, numbers: number[]): Promise<Set<number>> {
  const rows = await Revision.query()
    .where('serviceId', run.serviceId)
    .whereIn('number', [...numbers, run.revision])
  const own = rows.find(({ number }) => number === run.revision)?.definition.target
  return new Set(
    rows
      .filter(({ definition }) => isDeepStrictEqual(definition.target, own))
      .map(({ number }) => number)
  )
}
