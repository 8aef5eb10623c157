import { test } from '@japa/runner'
import { deal, openSimulator, statusOf } from './open_simulator.js'

test.group('Zoho simulator: control', () => {
  test('the ledger is NDJSON from a sequence number on', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    await zoho.deals([deal(1), deal(2)], { trigger: ['workflow'] })
    await zoho.deals([deal(2)])
    const read = async (query: string) => {
      const response = await fetch(`${zoho.url}/__simulator/ledger${query}`)
      const text = await response.text()
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    }
    const lines = await read('')
    assert.deepEqual(
      lines.map(({ seq, action, via, changed }) => [seq, action, via, changed]),
      [
        [1, 'insert', 'rest', true],
        [2, 'insert', 'rest', true],
        [3, 'update', 'rest', false],
      ]
    )
    assert.deepEqual(lines[0].trigger, ['workflow'])
    assert.isNull(lines[2].trigger)
    assert.notProperty(lines[0], 'record')
    const late = await read('?since=2&records=1')
    assert.lengthOf(late, 1)
    assert.equal(late[0].record.Order_Ref, 'R-2')
  })

  test('faults, clock, config and reset work over http', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const control = async (name: string, body: unknown) => zoho.post(`/__simulator/${name}`, body)
    await zoho.deals([deal(1)])
    await control('faults', [{ match: { path: '/org' }, kind: 'status', status: 500 }])
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 500)
    const odd = await control('faults', [{ kind: 'nonsense' }])
    assert.equal(odd.status, 400)
    const config = await zoho.get('/__simulator/config')
    assert.equal(config.body.zgid, zoho.sim.zgid)
    assert.notInclude(JSON.stringify(config.body), zoho.sim.options.clientSecret)
    assert.notInclude(JSON.stringify(config.body), zoho.sim.options.refreshToken)
    const reset = await control('reset', { edition: 'free', seed: 5 })
    assert.equal(reset.body.edition, 'free')
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 200)
    const stats = await zoho.get('/__simulator/stats')
    assert.deepEqual(stats.body.modules, {})
    assert.equal(Number(stats.body.credits.limit), 5000)
    await control('clock', { advanceSeconds: 7200 })
    assert.equal(await statusOf(zoho.get('/crm/v8/org')), 401)
    const wrong = await control('reset', { nonsense: 1 })
    assert.match(String(wrong.body.error), /Unknown simulator option "nonsense"/)
    for (const options of [{ edition: 'gold' }, { users: '5' }, { timeZone: 'Mars/Base' }]) {
      const { status } = await control('reset', options)
      assert.equal(status, 400)
    }
    assert.equal(await statusOf(control('faults', {})), 400)
    assert.equal(await statusOf(zoho.get('/__simulator/nothing')), 404)
    assert.equal(await statusOf(zoho.get('/__simulator/stats')), 200)
  })
})
