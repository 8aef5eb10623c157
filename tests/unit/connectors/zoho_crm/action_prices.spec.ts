import { test } from '@japa/runner'
import type { ActionInputs, Context, Value } from '#sdk'
import { completeInputs } from '#workers/complete_inputs'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { cannedContext } from './canned_context.js'
import { openOrg } from './open_org.js'

async function act(ctx: Context, name: string, given: ActionInputs) {
  const action = connector.actions?.find((each) => each.name === name)
  if (!action) throw new Error(`There is no action ${name}`)
  const { inputs } = completeInputs(action.inputs, given)
  const problems = action.problems?.(inputs) ?? {}
  if (Object.keys(problems).length > 0) throw new Error(JSON.stringify(problems))
  return action.run(ctx, inputs)
}

const deal = (at: number) => ({ Deal_Name: `D ${at}`, Stage: 'Qualification' })
const many = Array.from({ length: 15 }, (_, at) => deal(at))
interface Asked {
  name: string
  inputs: ActionInputs
  lane?: string
}

const raw = (method: string, path: string, more: ActionInputs = {}): Asked => ({
  name: 'raw_request',
  inputs: { method, path, ...more },
})

const VIEWS = '/settings/custom_views'

test.group('zoho_crm prices of actions', () => {
  test('are what Zoho charges, and heavy calls share their places', async ({ assert, cleanup }) => {
    const { ctx, sim, meter } = await openOrg(cleanup)
    const first = await act(ctx, VIEWS_OF.name, VIEWS_OF.inputs)
    const [{ id: cvid }] = Reflect.get(Object(first), 'body').custom_views
    const list = { module: 'Deals', fields: 'Deal_Name' }
    const fields = 'Deal_Name'
    const composite: Value = {
      __composite_requests: [
        { sub_request_id: 'a', method: 'POST', uri: '/crm/v8/Deals', body: { data: many } },
        { sub_request_id: 'b', method: 'GET', uri: `/crm/v8/Deals?fields=Stage&cvid=${cvid}` },
        { sub_request_id: 'c', method: 'GET', uri: '/crm/v8/Deals', params: { fields } },
      ],
    }
    const asked: Asked[] = [
      { name: 'create_records', inputs: { module: 'Deals', records: many }, lane: 'heavy' },
      { name: 'list_records', inputs: list },
      { name: 'list_records', inputs: { ...list, sort_by: 'id' }, lane: 'heavy' },
      { name: 'list_records', inputs: { ...list, cvid }, lane: 'heavy' },
      raw('GET', '/Deals', { query: { fields } }),
      { ...raw('GET', '/Deals', { query: { fields, sort_by: 'id' } }), lane: 'heavy' },
      { ...raw('GET', '/Deals', { query: { fields, cvid } }), lane: 'heavy' },
      { ...raw('POST', '/Deals', { body: { data: many } }), lane: 'heavy' },
      raw('POST', '/Deals', { body: { data: [deal(1)] } }),
      { ...raw('POST', '/__composite_requests', { body: composite }), lane: 'heavy' },
    ]
    for (const { name, inputs, lane } of asked) {
      const called = `${name} ${JSON.stringify(inputs).slice(0, 120)}`
      const [paid, spent] = [meter.credits, sim.stats().credits.used]
      await act(ctx, name, inputs)
      assert.equal(meter.credits - paid, sim.stats().credits.used - spent, called)
      assert.equal(meter.calls.at(-1)?.lane, lane, called)
    }
  })

  test('a record that is named twice is deleted once', async ({ assert }) => {
    const row = { code: 'SUCCESS', status: 'success', details: { id: '7' }, message: 'ok' }
    const { ctx, calls } = cannedContext(() => ({ status: 200, body: { data: [row] } }))
    const done = await act(ctx, 'delete_records', { module: 'Deals', ids: '7, 7' })
    assert.deepEqual(done, [{ index: 0, state: 'deleted', id: '7' }])
    assert.equal(new URL(calls[0].url).searchParams.get('ids'), '7')
  })
})

const VIEWS_OF = raw('GET', VIEWS, { query: { module: 'Deals' } })
