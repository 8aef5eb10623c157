import { test } from '@japa/runner'
import { deal, openSimulator, range, type SimulatorClient } from './open_simulator.js'

const path = '/crm/v8/__composite_requests'

function compose(zoho: SimulatorClient, parts: unknown[], more: Record<string, unknown> = {}) {
  return zoho.post(path, { ...more, __composite_requests: parts })
}

const upsert = (...records: unknown[]) => ({
  sub_request_id: 'write',
  method: 'POST',
  uri: '/crm/v8/Deals/upsert',
  body: { data: records },
})
const list = {
  sub_request_id: 'read',
  method: 'GET',
  uri: '/crm/v8/Deals',
  params: { fields: 'Deal_Name' },
}

test.group('Zoho simulator: composite requests', () => {
  test('calls are answered in their order, with their prices', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const odd = { method: 'GET', uri: '/crm/v8/Nothing' }
    const { status, body } = await compose(zoho, [upsert(deal(1)), list, odd])
    assert.equal(status, 200)
    const answers = body.__composite_requests
    const read = answers[1].details
    assert.equal(read.sub_request_id, 'read')
    assert.equal(read.response.body.data[0].Deal_Name, 'Order 1')
    assert.deepEqual(
      [0, 1, 2].map((at) => Number(answers[at].details.response.status_code)),
      [200, 200, 400]
    )
    assert.equal(zoho.sim.stats().credits.used, 4)
  })

  test('a failure takes the others back if it is asked for', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const { rows } = await zoho.deals([deal(1, { Amount: 5 }), deal(2), deal(3)])
    const [first, second, third] = rows.map(({ details }) => String(details.id))
    const remove = { method: 'DELETE', uri: `/crm/v8/Deals/${second}` }
    const bad = upsert({ Deal_Name: 'No stage' })
    const write = upsert(deal(1, { Amount: 7, Item_Count: 3 }), deal(9))
    const { status } = await compose(zoho, [write, remove, bad], { rollback_on_fail: true })
    assert.equal(status, 400)
    const deals = await zoho.get('/crm/v8/Deals?fields=Order_Ref,Amount,Item_Count&sort_order=asc')
    assert.deepEqual(
      deals.rows.map(({ id, Order_Ref: ref, Amount: amount, Item_Count: count }) =>
        [id, ref, amount, count].map(String)
      ),
      [
        [first, 'R-1', '5', 'null'],
        [second, 'R-2', 'null', 'null'],
        [third, 'R-3', 'null', 'null'],
      ]
    )
    const again = await zoho.deals([deal(2)])
    assert.equal(again.rows[0].details.id, second, 'its unique value leads to it again')
    const kept = await compose(zoho, [write, remove, bad])
    assert.equal(kept.status, 200)
    const gone = await zoho.get(`/crm/v8/Deals/${second}`)
    assert.equal(gone.status, 204)
  })

  test('six calls, odd addresses and both modes are refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const codeOf = async (parts: unknown[], more = {}) => {
      const { status, body } = await compose(zoho, parts, more)
      return `${status} ${String(body.code)}`
    }
    assert.equal(await codeOf(range(6).map(() => list)), '400 LIMIT_EXCEEDED')
    assert.equal(await codeOf([{ ...list, uri: '/elsewhere' }]), '400 INVALID_DATA')
    assert.equal(await codeOf([{ method: 'GET' }]), '400 MANDATORY_NOT_FOUND')
    const both = { rollback_on_fail: true, parallel_execution: true }
    assert.equal(await codeOf([list], both), '400 AMBIGUITY_DURING_PROCESSING')
  })
})
