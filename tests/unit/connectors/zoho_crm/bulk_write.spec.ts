import { test } from '@japa/runner'
import { deal, dealBatch, deals } from './deal_batch.js'
import { finishJob, statesOf } from './finish_job.js'
import { openOrg } from './open_org.js'
import { bulkRoute } from './route_of.js'

test.group('zoho_crm bulk write', () => {
  test('writes 25,000 records for 500 credits, adopted by another context', async ({
    assert,
    cleanup,
  }) => {
    const { context, sim } = await openOrg(cleanup, { bulkSliceRows: 2000 })
    const batch = dealBatch(deals(25_000, { Closing_Date: '2026-11-20' }))
    const first = context()
    const ticket = await bulkRoute().submit(first.ctx, batch)
    const second = context()
    const stored = JSON.parse(JSON.stringify(ticket))
    const outcomes = await finishJob(second.ctx, stored, batch)
    assert.equal(outcomes.length, 25_000)
    assert.equal(new Set(outcomes.map(({ index }) => index)).size, 25_000)
    assert.isTrue(outcomes.every(({ state }) => state === 'created'))
    assert.equal(sim.stats().modules.Deals.records, 25_000)
    assert.equal(first.meter.credits + second.meter.credits, 500)
    assert.equal(sim.stats().credits.used, 500)
  })

  test('makes out no record once more where the job is of the same thread', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const batch = dealBatch(deals(40))
    const ticket = await bulkRoute().submit(ctx, batch)
    const outcomes = await finishJob(ctx, ticket, { ...batch, records: [], json: [] })
    const places = outcomes.map(({ index }) => index).toSorted((a, b) => a - b)
    assert.deepEqual(places, [...batch.records.keys()])
    assert.isTrue(outcomes.every(({ state }) => state === 'created'))
  })

  test('joins faults and updates back to their records', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const route = bulkRoute()
    const before = dealBatch(deals(3))
    await finishJob(ctx, await route.submit(ctx, before), before)
    const rows = [
      deal(9),
      deal(2),
      deal(8, { Deal_Name: 'x'.repeat(121) }),
      deal(7, { Stage: null }),
      deal(1),
    ]
    const batch = dealBatch(rows)
    const outcomes = await finishJob(ctx, await route.submit(ctx, batch), batch)
    assert.deepEqual(statesOf(outcomes), ['created', 'updated', 'rejected', 'rejected', 'updated'])
    const faults = outcomes.filter(({ state }) => state === 'rejected')
    assert.deepEqual(
      faults.map((fault) => 'field' in fault && fault.field),
      ['Deal_Name', 'Stage']
    )
  })

  test('carries awkward texts, times and lists unharmed', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const record = deal(1, {
      Deal_Name: ' "Fünf; drei | zwei", \nsagte 🙂: ja ',
      Amount: '1234.50',
      Closing_Date: '2026-02-28',
      Ordered_At: '2026-11-20T09:30:00.123Z',
      Is_Gift: true,
    })
    const batch = dealBatch([record])
    const route = bulkRoute()
    const outcomes = await finishJob(ctx, await route.submit(ctx, batch), batch)
    assert.deepEqual(statesOf(outcomes), ['created'])
    const stored = JSON.stringify(sim.ledger({ records: true }))
    assert.include(stored, JSON.stringify(record.Deal_Name).slice(1, -1))
    assert.include(stored, '"Amount":1234.5')
    assert.include(stored, '2026-02-28')
    assert.include(stored, '2026-11-20T15:00:00+05:30')
    assert.include(stored, '"Is_Gift":true')
  })

  test('a truncated result is asked for again', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const batch = dealBatch(deals(500))
    const ticket = await bulkRoute().submit(ctx, batch)
    sim.faults([{ kind: 'truncate_zip', match: { path: '.zip', times: 1 } }])
    const error = await finishJob(ctx, ticket, batch).catch((thrown: unknown) => thrown)
    assert.containSubset(error, { name: 'ConnectorError', kind: 'transient', delivered: 'no' })
    assert.lengthOf(await finishJob(ctx, ticket, batch), 500)
  })

  test('a failed job fails its records with the reason', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const batch = dealBatch(deals(3))
    sim.faults([{ kind: 'job_failed' }])
    const ticket = await bulkRoute().submit(ctx, batch)
    const outcomes = await finishJob(ctx, ticket, batch)
    assert.deepEqual(statesOf(outcomes), ['failed', 'failed', 'failed'])
    assert.containSubset(outcomes[0], { code: 'INTERNAL_SERVER_ERROR' })
  })

  test('an upload to the wrong org is a matter of the settings', async ({ assert, cleanup }) => {
    const { context } = await openOrg(cleanup)
    const { ctx } = context({ orgId: '1' })
    const error = await bulkRoute()
      .submit(ctx, dealBatch(deals(3)))
      .catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.match(String(error), /org/)
  })

  test('asks for the org only when the connection does not know it', async ({
    assert,
    cleanup,
  }) => {
    const { context, sim } = await openOrg(cleanup)
    const { ctx, meter } = context({ orgId: '' })
    const ticket = await bulkRoute().submit(ctx, dealBatch(deals(3)))
    assert.containSubset(ticket, { org: sim.zgid })
    assert.equal(meter.credits, 501)
  })

  for (const inProgressSpelling of ['INPROGRESS', 'IN PROGRESS'] as const) {
    test(`waits while ${inProgressSpelling}`, async ({ assert, cleanup }) => {
      const { ctx } = await openOrg(cleanup, {
        inProgressSpelling,
        absoluteDownloadUrl: true,
        bulkStatusCase: 'title',
        bulkSliceRows: 1,
      })
      const batch = dealBatch(deals(50))
      const ticket = await bulkRoute().submit(ctx, batch)
      const progress = await bulkRoute().collect(ctx, ticket, batch)
      assert.equal(progress.state, 'pending')
      assert.lengthOf(await finishJob(ctx, ticket, batch), 50)
    })
  }
})
