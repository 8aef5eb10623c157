import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { deal, openSimulator, range, statusOf, type SimulatorClient } from './open_simulator.js'
import { Receiver } from './receiver.js'

const broken = { data: [{ Last_Name: '' }] }

const coql = (zoho: SimulatorClient, query: string, version = 'v8') =>
  zoho.post(`/crm/${version}/coql`, { select_query: query })

/** What Zoho's pages leave open is an option: section 10 of the contract. */
test.group('Zoho simulator: open points', () => {
  test('1: the status when all records failed, by version', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const insert = (version: string) => statusOf(zoho.post(`/crm/${version}/Leads`, broken))
    assert.deepEqual([await insert('v8'), await insert('v2.1')], [400, 202])
    zoho.sim.reset({ allFailedStatus: 200, oldAllFailedStatus: 400 })
    assert.deepEqual([await insert('v8'), await insert('v2')], [200, 400])
  })

  test('3: a notification that is not taken may be sent again', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { notifyRetries: 1 })
    const receiver = await Receiver.open(context.cleanup)
    const channel = { channel_id: '1', events: ['Deals.all'], notify_url: receiver.url }
    await zoho.post('/crm/v8/actions/watch', { watch: [channel] })
    receiver.status = 503
    await zoho.deals([deal(1)])
    await receiver.wait(1)
    const counts = async () => {
      const { body } = await zoho.get('/__simulator/notifications')
      return [body.sent, body.failed, body.retried].map(Number)
    }
    while (zoho.sim.notifications().retried < 1) await counts()
    assert.equal(zoho.sim.notifications().waiting, 1)
    assert.lengthOf(receiver.posted, 1)
    receiver.status = 200
    zoho.sim.advance(zoho.sim.options.notifyRetryMs / 1000)
    const [first, second] = await receiver.wait(2)
    assert.deepEqual(second, first)
    while (zoho.sim.notifications().waiting > 0) await counts()
    assert.deepEqual(await counts(), [1, 0, 1])
  })

  test('4: rows of a query by call and by offset, values of in', async (context) => {
    const { assert } = context
    const options = { coqlRowsPerCall: 200, coqlRows: 10_000, coqlInLimit: 100 }
    const zoho = await openSimulator(context.cleanup, options)
    const codeOf = async (where: string) => {
      const { status, body } = await coql(zoho, `select id from Deals where ${where}`)
      return status === 204 ? 'read' : String(body.code)
    }
    assert.equal(await codeOf('Amount > 0 limit 201'), 'LIMIT_EXCEEDED')
    assert.equal(await codeOf('Amount > 0 limit 200 offset 9801'), 'LIMIT_EXCEEDED')
    assert.equal(await codeOf('Amount > 0 limit 200 offset 9800'), 'read')
    assert.equal(await codeOf(`Amount in (${range(100).join(',')})`), 'read')
    assert.equal(await codeOf(`Amount in (${range(101).join(',')})`), 'LIMIT_EXCEEDED')
  })

  test('5: the first column of a bulk file is 0, or 1', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkDelayMs: 0 })
    const bulk = new BulkClient(zoho)
    const rows = [
      ['Ref', 'Name', 'Stage'],
      ['R-1', 'One', 'Qualification'],
    ]
    const mapped = (base: number) => ({
      field_mappings: ['Order_Ref', 'Deal_Name', 'Stage'].map((api, at) => {
        return { api_name: api, index: at + base }
      }),
    })
    const codeOf = async (base: number) => {
      const { body } = await bulk.create(await bulk.fileId(rows), { resource: mapped(base) })
      return String(body.code)
    }
    assert.equal(await codeOf(0), 'SUCCESS')
    assert.equal(await codeOf(1), 'COLUMN_INDEX_NOT_FOUND')
    zoho.sim.reset({ bulkIndexBase: 1 })
    assert.equal(await codeOf(0), 'COLUMN_INDEX_NOT_FOUND')
    await bulk.run(rows, { resource: mapped(1) })
    const { rows: found } = await zoho.get('/crm/v8/Deals?fields=Order_Ref,Deal_Name')
    assert.deepEqual([found[0].Order_Ref, found[0].Deal_Name].map(String), ['R-1', 'One'])
  })

  test('7: the price of a sorted list and of one by view', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { sortedCredits: 2 })
    await zoho.deals([deal(1)])
    const priceOf = async (query: string) => {
      const before = zoho.sim.stats().credits.used
      assert.equal(await statusOf(zoho.get(`/crm/v8/Deals?fields=Stage${query}`)), 200)
      return zoho.sim.stats().credits.used - before
    }
    assert.equal(await priceOf(''), 1)
    assert.equal(await priceOf('&sort_by=id'), 2)
    zoho.sim.reset({ sortedCredits: 1 })
    await zoho.deals([deal(1)])
    assert.equal(await priceOf('&sort_by=id'), 1)
  })

  test('15: two rows of a call with one key follow each other, or not', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const twice = [deal(1, { Amount: 1 }), deal(2), deal(1, { Amount: 2 })]
    const actions = async () => {
      const { status, rows } = await zoho.deals(twice)
      return [status, ...rows.map(({ code, action }) => String(action ?? code))]
    }
    assert.deepEqual(await actions(), [200, 'insert', 'insert', 'update'])
    zoho.sim.reset({ repeatedKeys: 'refused' })
    assert.deepEqual(await actions(), [207, 'insert', 'insert', 'DUPLICATE_DATA'])
    assert.deepEqual(await actions(), [207, 'update', 'update', 'DUPLICATE_DATA'])
    const { rows } = await zoho.get('/crm/v8/Deals?fields=Amount&sort_order=asc')
    assert.equal(Number(rows[0].Amount), 1)
  })

  test('16: ids of one list', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { idsPerGet: 2 })
    const { rows } = await zoho.deals([deal(1), deal(2), deal(3)])
    const ids = rows.map(({ details }) => String(details.id))
    const get = (some: string[]) => zoho.get(`/crm/v8/Deals?fields=Stage&ids=${some.join(',')}`)
    const { rows: found } = await get(ids.slice(1))
    assert.lengthOf(found, 2)
    const { body } = await get(ids)
    assert.equal(body.code, 'LIMIT_EXCEEDED')
  })

  test('an option that cannot be is refused with its choices', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup)
    const refusals: [Record<string, unknown>, RegExp][] = [
      [{ allFailedStatus: 500 }, /"allFailedStatus" must be one of 400, 202, 200/],
      [{ bulkStatusCase: 'lower' }, /"bulkStatusCase" must be one of upper, title/],
      [{ bulkIndexBase: 2 }, /"bulkIndexBase" must be one of 0, 1/],
      [{ edition: 'gold' }, /"edition" must be one of free, starter/],
    ]
    for (const [options, reason] of refusals) assert.throws(() => zoho.sim.reset(options), reason)
  })
})
