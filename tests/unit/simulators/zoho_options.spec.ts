import { test } from '@japa/runner'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { BulkClient } from './bulk_client.js'
import { BulkReader } from './bulk_reader.js'
import { deal, openSimulator, statusOf, type Json, type SimulatorClient } from './open_simulator.js'
import { Receiver } from './receiver.js'

const fast = { bulkDelayMs: 0, bulkReadDelayMs: 0, bulkReadQueueMs: 0 }
const list = '/crm/v8/Deals?fields=Stage'

/** What a call costs. */
async function priceOf(zoho: SimulatorClient, call: () => Promise<unknown>) {
  const before = zoho.sim.stats().credits.used
  await call()
  return zoho.sim.stats().credits.used - before
}

test.group('Zoho simulator: prices that can be set', () => {
  test('of bulk jobs, their polls, uploads and downloads', async (context) => {
    const { assert } = context
    const prices = { bulkReadCredits: 7, bulkWriteCredits: 11, uploadCredits: 2 }
    const more = { pollCredits: 3, downloadCredits: 5 }
    const zoho = await openSimulator(context.cleanup, { ...fast, ...prices, ...more })
    const [bulk, reader] = [new BulkClient(zoho), new BulkReader(zoho)]
    let file = ''
    const upload = async () => {
      file = await bulk.fileId([
        ['Order_Ref', 'Deal_Name', 'Stage'],
        ['R-1', 'One', 'Qualification'],
      ])
    }
    assert.equal(await priceOf(zoho, upload), 2)
    const { body } = await bulk.create(file)
    await bulk.finish(String(body.details.id))
    assert.equal(await priceOf(zoho, () => bulk.create(file)), 11)
    const created = await reader.deals()
    const job = await reader.finish(created)
    assert.equal(await priceOf(zoho, () => reader.deals()), 7)
    assert.equal(await priceOf(zoho, () => reader.show(String(job.id))), 3)
    assert.equal(await priceOf(zoho, () => reader.download(job)), 5)
  })

  test('of a lead converted, a view listed, calls in one', async (context) => {
    const { assert } = context
    const prices = { convertCredits: 9, viewCredits: 4, compositeCredits: 2 }
    const zoho = await openSimulator(context.cleanup, prices)
    const { rows } = await zoho.post('/crm/v8/Leads', { data: [{ Last_Name: 'A' }] })
    const convert = `/crm/v8/Leads/${rows[0].details.id}/actions/convert`
    assert.equal(await priceOf(zoho, () => zoho.post(convert, { data: [{}] })), 9)
    const { body } = await zoho.get('/crm/v8/settings/custom_views?module=Deals')
    const [view] = body.custom_views as unknown as Json[]
    assert.equal(await priceOf(zoho, () => zoho.get(`${list}&cvid=${view.id}`)), 4)
    const sub = { uri: '/crm/v8/org', method: 'GET' }
    const twice = () =>
      zoho.post('/crm/v8/__composite_requests', { __composite_requests: [sub, sub] })
    assert.equal(await priceOf(zoho, twice), 4)
    zoho.sim.reset({ compositeChargesCalls: false })
    assert.equal(await priceOf(zoho, twice), 2)
  })
})

async function told(zoho: SimulatorClient, changes: Partial<SimulatorOptions>, receiver: Receiver) {
  zoho.sim.reset({ affectedFieldsShape: 'by_id', notifyOperations: 'insert', ...changes })
  const { rows } = await zoho.deals([deal(1), deal(2)])
  const ids = rows.map(({ details }) => String(details.id))
  const channel = { channel_id: '1', events: ['Deals.all'], notify_url: receiver.url }
  const { body } = await zoho.post('/crm/v8/actions/watch', { watch: [channel] })
  const before = receiver.posted.length
  await zoho.put('/crm/v8/Deals', { data: ids.map((id) => ({ id, Amount: 1 })) })
  const posted = await receiver.wait(before + (changes.notifyIds === 1 ? 2 : 1))
  return { ids, posted: posted.slice(before), watch: body.watch as unknown as Json[] }
}

test.group('Zoho simulator: notifications that can be set', () => {
  test('their fields, their words, their size and their default life', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const receiver = await Receiver.open(context.cleanup)
    const usual = await told(zoho, {}, receiver)
    const [first, second] = usual.ids
    assert.deepEqual(usual.posted[0].affected_fields, [
      { [first]: ['Amount'] },
      { [second]: ['Amount'] },
    ])
    assert.equal(usual.posted[0].operation, 'update')
    const flat = await told(
      zoho,
      { affectedFieldsShape: 'flat', notifyOperations: 'create', channelDefaultSeconds: 60 },
      receiver
    )
    assert.deepEqual(flat.posted[0].affected_fields, ['Amount'])
    assert.equal(flat.posted[0].operation, 'edit')
    const events = flat.watch[0].details.events as unknown as Json[]
    const lasts = Date.parse(String(events[0].channel_expiry)) - Date.now()
    assert.isBelow(lasts, 61_000)
    const small = await told(zoho, { notifyIds: 1 }, receiver)
    assert.deepEqual(
      small.posted.map(({ ids }) => ids),
      small.ids.map((id) => [id])
    )
  })

  test('a callback that nobody takes is counted', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, fast)
    const receiver = await Receiver.open(context.cleanup)
    receiver.status = 500
    await new BulkReader(zoho).create(
      { module: { api_name: 'Deals' } },
      { callback: { url: receiver.url, method: 'post' } }
    )
    await receiver.wait(1)
    while (!zoho.sim.stats().refused.CALLBACK_LOST) await zoho.get('/__simulator/stats')
    assert.equal(zoho.sim.stats().refused.CALLBACK_LOST, 1)
  })
})

test.group('Zoho simulator: reads and writes that can be set', () => {
  test('pages and downloads of bulk reads', async (context) => {
    const { assert } = context
    const options = { bulkReadMostPages: 2, bulkReadDownloads: 1, downloadsMessage: 'slowly' }
    const zoho = await openSimulator(context.cleanup, { ...fast, ...options })
    const reader = new BulkReader(zoho)
    const beyond = await reader.deals({ page: 3 })
    assert.equal(beyond.body.code, 'PAGE_RANGE_EXCEEDED')
    assert.equal(Number(beyond.body.details.max_limit), 2)
    const { job } = await reader.run({ page: 2 })
    const again = await zoho.get(String(job.result.download_url))
    assert.deepEqual([again.status, String(again.body.message)], [429, 'slowly'])
  })

  test('a count that lags, files of one upload, the edge of If-Modified-Since', async (context) => {
    const { assert } = context
    const options = { countLagMs: 60_000, filesPerUpload: 1, modifiedSinceInclusive: true }
    const zoho = await openSimulator(context.cleanup, options)
    const { rows } = await zoho.deals([deal(1)])
    const at = String(rows[0].details.Modified_Time)
    assert.equal(await statusOf(zoho.get(list, { 'If-Modified-Since': at })), 200)
    zoho.sim.reset({ modifiedSinceInclusive: false })
    await zoho.deals([deal(1)])
    const { rows: next } = await zoho.deals([deal(2)])
    const edge = { 'If-Modified-Since': String(next[0].details.Modified_Time) }
    assert.equal(await statusOf(zoho.get(list, edge)), 304)
    const count = async () => {
      const { body } = await zoho.get('/crm/v8/Deals/actions/count')
      return Number(body.count)
    }
    assert.equal(await count(), 0)
    zoho.sim.advance(61)
    assert.equal(await count(), 2)
    const form = new FormData()
    for (const name of ['a.txt', 'b.txt']) form.append('file', new Blob(['x']), name)
    const files = await zoho.send('POST', '/crm/v8/files', { body: form })
    assert.equal(files.body.code, 'LIMIT_EXCEEDED')
  })

  test('an upsert of a known record may leave out what an insert must have', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { upsertRequiresMandatory: false })
    await zoho.deals([deal(1)])
    const { rows } = await zoho.deals([{ Order_Ref: 'R-1', Amount: 1 }, { Order_Ref: 'R-2' }])
    const codes = rows.map(({ code }) => String(code))
    assert.deepEqual(codes, ['SUCCESS', 'MANDATORY_NOT_FOUND'])
    zoho.sim.reset({ upsertRequiresMandatory: true })
    await zoho.deals([deal(1)])
    const strict = await zoho.deals([{ Order_Ref: 'R-1', Amount: 1 }])
    assert.equal(strict.rows[0].code, 'MANDATORY_NOT_FOUND')
  })

  test('calls at once have words of their own', async (context) => {
    const { assert } = context
    const options = { concurrencyLimit: 1, concurrencyMessage: 'one by one' }
    const zoho = await openSimulator(context.cleanup, options)
    zoho.sim.faults([{ match: { path: '/users' }, kind: 'latency', ms: 1_500 }])
    const slow = zoho.get('/crm/v8/users')
    let refused = await zoho.get('/crm/v8/org')
    while (refused.status !== 429) refused = await zoho.get('/crm/v8/org')
    assert.equal(await statusOf(slow), 200)
    assert.equal(String(refused.body.message), 'one by one')
  })
})

test.group('Zoho simulator: bodies it does not take', () => {
  test('one that is too large, one whose type is not said', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const large = Buffer.alloc(41 * 1024 * 1024, 0x20)
    const { status, body } = await zoho.send('POST', '/crm/v8/Deals', { body: large })
    assert.deepEqual([status, String(body.code)], [413, 'REQUEST_ENTITY_TOO_LARGE'])
    const job = Buffer.from('{"query":{"module":{"api_name":"Deals"}}}')
    const bare = await zoho.send('POST', '/crm/bulk/v8/read', { body: job })
    assert.deepEqual([bare.status, String(bare.body.code)], [415, 'MEDIA_TYPE_NOT_SUPPORTED'])
  })

  test('calls in one tell which were taken back', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const post = (id: string, row: Record<string, unknown>) => ({
      sub_request_id: id,
      uri: '/crm/v8/Deals',
      method: 'POST',
      body: { data: [row] },
    })
    const sent = {
      rollback_on_fail: true,
      __composite_requests: [post('a', deal(1)), post('b', {})],
    }
    const { body } = await zoho.post('/crm/v8/__composite_requests', sent)
    const [first] = body.__composite_requests as unknown as Json[]
    assert.equal(first.code, 'ROLLBACK_PERFORMED')
    assert.equal(zoho.sim.stats().modules.Deals.records, 0)
  })
})
