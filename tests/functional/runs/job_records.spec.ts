import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { noCounters } from '#engine/counters'
import { claimRun } from '#domain/runs/lease'
import { ledgerPort } from '#domain/runs/run_ledger'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import type { WireSettlement } from '#workers/messages'
import { packLinks } from '#workers/wire_links'

const MEGABYTE = 1024 * 1024
const NOTHING: WireSettlement = {
  counters: noCounters(),
  links: packLinks({ keys: [], matches: [], targetIds: [], hashes: [], states: [] }),
  faults: [],
  healed: [],
  batches: [],
}

test.group('The records of a job', () => {
  for (const size of [0, 1, 8 * MEGABYTE, 70 * MEGABYTE]) {
    test(`are kept until it is over, though they are ${size} bytes`, async ({ assert }) => {
      const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null }
      const run = await givenRun(await givenService(await givenTenant()), waiting)
      const lease = await claimRun(await run.refresh())
      if (lease === null) throw new Error('The run could not be claimed')
      const manifest = randomBytes(size)
      const job = {
        id: `job-${size}`,
        route: 'bulk_write',
        ticket: 'a ticket',
        records: 1,
        manifest,
      }
      await ledgerPort.settle(lease, { ...NOTHING, job })
      const { jobs } = await ledgerPort.open(lease)
      assert.lengthOf(jobs, 1)
      assert.containSubset(jobs[0], { id: job.id, ticket: 'a ticket', isOfEarlierRun: false })
      assert.isTrue(manifest.equals(jobs[0].manifest))

      await ledgerPort.settle(lease, { ...NOTHING, finishedJob: job.id })
      const { jobs: left } = await ledgerPort.open(lease)
      assert.isEmpty(left)
      const parts = await db.from('run_batch_parts').where('batch_id', job.id)
      assert.isEmpty(parts)
    })
  }
})

test.group('The cost of a job', () => {
  test('is that of its own submission, the last of its route', async ({ assert }) => {
    const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null }
    const run = await givenRun(await givenService(await givenTenant()), waiting)
    const lease = await claimRun(await run.refresh())
    if (lease === null) throw new Error('The run could not be claimed')
    const [route, manifest] = ['bulk_write', randomBytes(1)]
    // The reply to the first was lost: it left no job.
    const batches = [
      { route, records: 25_000, calls: 1, credits: 500, took: 1 },
      { route, records: 7, calls: 1, credits: 500, took: 1 },
    ]
    const job = { id: 'job-cost', route, ticket: 'a ticket', records: 7, manifest }
    await ledgerPort.settle(lease, { ...NOTHING, batches, job })
    const rows = await db.from('run_batches').where('run_id', run.id).select('state', 'records')
    assert.sameDeepMembers(
      rows.map(({ state, records }) => [state, Number(records)]),
      [
        ['open', 7],
        ['done', 25_000],
      ]
    )
  })
})
