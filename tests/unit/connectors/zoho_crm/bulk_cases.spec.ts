import { test } from '@japa/runner'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { zipFiles } from '../../../../plugins/connectors/zoho_crm/bulk/zip_files.js'
import { type Canned, cannedContext } from './canned_context.js'
import { byRef, deal, dealBatch, deals, dealStream } from './deal_batch.js'
import { finishJob, statesOf } from './finish_job.js'
import { openOrg } from './open_org.js'
import { bulkRoute, callRoute } from './route_of.js'

const ticket = { job: '7', org: '600123' }
const completed = (downloadUrl: string): Canned => ({
  status: 200,
  body: { id: '7', status: 'COMPLETED', resource: [], result: { download_url: downloadUrl } },
})

async function collectThrown(reply: Canned, operation: 'insert' | 'upsert' = 'upsert') {
  const { ctx, calls } = cannedContext(() => reply)
  const collect = bulkRoute().collect(ctx, ticket, dealBatch(deals(2), { operation }))
  const result = await collect.catch((thrown: unknown) => thrown)
  return { result, calls }
}

test.group('zoho_crm bulk write cases', () => {
  test('null clears, an absent field stays, as in a call', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const filled = deals(2, { Shipping_City: 'Ulm', Amount: 5 })
    await callRoute('upsert').send(ctx, dealBatch(filled))
    for (const batch of [
      dealBatch([deal(1, { Shipping_City: null }), deal(2, { Shipping_City: 'Bonn' })]),
      dealBatch([deal(1), deal(2, { Amount: '7' })]),
    ]) {
      await finishJob(ctx, await bulkRoute().submit(ctx, batch), batch)
    }
    const rows = []
    const query = { cursor: null, filter: null, incremental: null, pageSize: 10 }
    const fields = ['Shipping_City', 'Amount']
    for await (const page of connector.discover?.read?.(ctx, dealStream, { ...query, fields }) ??
      []) {
      rows.push(...page.records.map(({ id, ...record }) => record))
    }
    assert.deepEqual(rows, [
      { Shipping_City: null, Amount: '5' },
      { Shipping_City: 'Bonn', Amount: '7' },
    ])
    assert.equal(sim.stats().modules.Deals.records, 2)
  })

  test('inserts by a job, and refuses what is there', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const first = dealBatch(deals(2), { operation: 'insert', match: { by: 'id' } })
    const created = await finishJob(ctx, await bulkRoute().submit(ctx, first), first)
    assert.deepEqual(statesOf(created), ['created', 'created'])
    for (const match of [byRef, { by: 'id' as const }]) {
      const again = dealBatch(deals(2), { operation: 'insert', match })
      const outcomes = await finishJob(ctx, await bulkRoute().submit(ctx, again), again)
      assert.deepEqual(statesOf(outcomes), ['rejected', 'rejected'])
      assert.containSubset(outcomes[0], { code: 'DUPLICATE_DATA', field: 'Order_Ref' })
    }
  })

  test('updates by id, and says which record is missing', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const [created] = await callRoute('upsert').send(ctx, dealBatch(deals(1)))
    const id = 'id' in created ? created.id : null
    const ids = [id, '5000000000000999999', null]
    const records = [1, 2, 3].map(() => ({ Stage: 'Closed Won' }))
    const batch = dealBatch(records, { operation: 'update', match: { by: 'id' }, ids })
    const outcomes = await finishJob(ctx, await bulkRoute().submit(ctx, batch), batch)
    assert.deepEqual(statesOf(outcomes), ['updated', 'rejected', 'rejected'])
    const codes = outcomes.map((outcome) => 'code' in outcome && outcome.code)
    assert.deepEqual(codes.slice(1), ['UNKNOWN_RECORD', 'UNKNOWN_RECORD'])
  })

  test('a result on a foreign host is not fetched', async ({ assert }) => {
    const { result, calls } = await collectThrown(completed('https://evil.example/7.zip'))
    assert.containSubset(result, { kind: 'fatal' })
    assert.lengthOf(calls, 1)
    const trick = await collectThrown(completed('https://www.zohoapis.eu.evil.example/7.zip'))
    assert.lengthOf(trick.calls, 1)
  })

  test('a result that is no zip is asked for again', async ({ assert }) => {
    const { result, calls } = await collectThrown({ ...completed('/r/7.zip') })
    assert.containSubset(result, { kind: 'transient', delivered: 'no' })
    assert.equal(calls[1].url, 'https://www.zohoapis.eu/r/7.zip')
  })

  test('a result whose last row does not end is asked for again', async ({ assert }) => {
    const header = 'Order_Ref,STATUS,RECORD_ID,ERRORS'
    const text = `${header}\nR-1,ADDED,1,\nR-2,ADDED,2,"half`
    const bytes = await zipFiles([{ name: 'result.csv', text }])
    const { ctx } = cannedContext(({ url }) =>
      url.endsWith('.zip') ? { status: 200, bytes } : completed('/r/7.zip')
    )
    const collect = bulkRoute().collect(ctx, ticket, dealBatch(deals(2)))
    const error = await collect.catch((thrown: unknown) => thrown)
    assert.containSubset(error, { name: 'ConnectorError', kind: 'transient', delivered: 'no' })
  })

  test('a job that Zoho forgot is sent again unless it was an insert', async ({ assert }) => {
    const body = { code: 'RESOURCE_NOT_FOUND', details: {}, message: 'gone', status: 'error' }
    const upsert = await collectThrown({ status: 404, body })
    assert.containSubset(upsert.result, { state: 'done', outcomes: [{ state: 'failed' }] })
    const insert = await collectThrown({ status: 404, body }, 'insert')
    assert.containSubset(insert.result, { kind: 'fatal', delivered: 'unknown' })
  })

  test('an insert that stopped half-way is left to a person', async ({ assert }) => {
    const resource = [{ status: 'FAILED', code: 'LIMIT_EXCEEDED', file: { added_count: 1 } }]
    const reply = { status: 200, body: { id: '7', status: 'FAILED', resource } }
    const insert = await collectThrown(reply, 'insert')
    assert.containSubset(insert.result, { kind: 'fatal', delivered: 'unknown' })
    const upsert = await collectThrown(reply)
    assert.containSubset(upsert.result, { state: 'done', outcomes: [{ code: 'LIMIT_EXCEEDED' }] })
  })

  test('rows that the result leaves out have no outcome', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const sent = dealBatch(deals(2))
    const job = await bulkRoute().submit(ctx, sent)
    const outcomes = await finishJob(ctx, job, dealBatch([...deals(2), deal(3)]))
    assert.deepEqual(
      outcomes.map(({ index }) => index),
      [0, 1]
    )
  })

  test('what a file cannot carry is said before a credit is spent', async ({ assert }) => {
    const wide = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`F${at}`, 'x']))
    const fields = [...dealStream.fields, { name: 'Items', type: 'json' as const }]
    const stream = { ...dealStream, fields }
    const batches = [
      dealBatch([deal(1, wide)]),
      dealBatch([deal(1, { Items: [{ a: 1 }] })], { stream }),
      dealBatch([{ Deal_Name: 'x' }]),
    ]
    for (const batch of batches) {
      const { ctx, calls } = cannedContext(() => ({ status: 200, body: {} }))
      const submitted = bulkRoute().submit(ctx, batch)
      assert.containSubset(await submitted.catch((thrown: unknown) => thrown), { kind: 'config' })
      assert.lengthOf(calls, 0)
    }
  })

  test('a run cancelled during the upload creates no job', async ({ assert }) => {
    const controller = new AbortController()
    const reason = new Error('Cancelled by Ann')
    const { ctx, calls } = cannedContext(() => {
      controller.abort(reason)
      return { status: 200, body: { details: { file_id: '9', id: '7' } } }
    })
    const submit = bulkRoute().submit({ ...ctx, signal: controller.signal }, dealBatch(deals(2)))
    assert.equal(await submit.catch((thrown: unknown) => thrown), reason)
    assert.lengthOf(calls, 1)
  })
})
