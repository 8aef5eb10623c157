import { test } from '@japa/runner'
import { deal, openSimulator, range, statusOf } from './open_simulator.js'

/** So long that all calls of a busy machine have come before the first is answered. */
const slow = { match: {}, kind: 'latency', ms: 1_500 } as const

test.group('Zoho simulator: limits', () => {
  test('writes cost a credit per ten records, metadata one', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const used = () => zoho.sim.stats().credits.used
    for (const [count, cost] of [
      [1, 1],
      [10, 1],
      [11, 2],
      [100, 10],
    ]) {
      const before = used()
      await zoho.deals(range(count).map((number) => deal(number)))
      assert.equal(used() - before, cost)
    }
    const before = used()
    await zoho.get('/crm/v8/settings/fields?module=Deals')
    await zoho.get('/crm/v8/org')
    await zoho.signIn()
    assert.equal(used() - before, 2)
    const { byEndpoint } = zoho.sim.stats().credits
    assert.deepEqual(byEndpoint['POST /crm/v8/{module}/upsert'], { calls: 4, credits: 14 })
    assert.deepEqual(byEndpoint['POST /oauth/v2/token'], { calls: 2, credits: 0 })
  })

  test('an edition has its daily credits, which come back after 24 hours', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { edition: 'free', tokenLifeSeconds: 1e6 })
    const rows = range(100).map((number) => deal(number))
    const spend = async (credits: number) => {
      for (let spent = 0; spent < credits; spent += 10) await zoho.deals(rows)
    }
    await spend(2_490)
    const below = await zoho.get('/crm/v8/org')
    assert.isNull(below.headers.get('x-api-credits-remaining'))
    await spend(10)
    const above = await zoho.get('/crm/v8/org')
    assert.equal(above.headers.get('x-api-credits-remaining'), '2498')
    await spend(2_490)
    const refused = await zoho.deals(rows)
    assert.equal(refused.status, 429)
    assert.equal(refused.body.code, 'TOO_MANY_REQUESTS')
    assert.match(String(refused.body.message), /credits/)
    assert.isNull(refused.headers.get('retry-after'))
    assert.equal(zoho.sim.stats().refused.TOO_MANY_REQUESTS, 1)
    zoho.sim.advance(24 * 3600 + 1)
    assert.equal(await statusOf(zoho.deals(rows)), 200)
  })

  test('more calls at once than the edition allows are refused', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { edition: 'free' })
    zoho.sim.faults([slow])
    const answers = await Promise.all(range(8).map(() => zoho.get('/crm/v8/org')))
    const refused = answers.filter(({ status }) => status === 429)
    assert.lengthOf(refused, 3)
    assert.match(String(refused[0].body.message), /concurrency limit of your edition/)
    assert.equal(zoho.sim.stats().peakConcurrency, 5)
  })

  test('more than ten heavy calls at once are refused, light ones are not', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { edition: 'ultimate' })
    zoho.sim.faults([slow])
    const heavy = range(11).map((number) => deal(number))
    const query = { select_query: 'select id from Deals where id is not null' }
    const calls = [
      ...range(9).map(() => zoho.deals(heavy)),
      zoho.post('/crm/v8/coql', query),
      zoho.get('/crm/v8/Deals?fields=id&sort_by=id'),
      zoho.get('/crm/v8/Deals?fields=id'),
      zoho.deals([deal(1)]),
    ]
    const answers = await Promise.all(calls)
    const refused = answers.filter(({ status }) => status === 429)
    assert.lengthOf(refused, 1)
    assert.match(String(refused[0].body.message), /sub-concurrency/)
    assert.equal(zoho.sim.stats().peakSubConcurrency, 10)
    assert.notEqual(answers.at(-1)?.status, 429)
  })

  test('a wrong path is 404, a wrong method 400, versions v2.1 to v8 are open', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const path = await zoho.get('/crm/v8/a/b/c/d/e')
    assert.deepEqual([path.status, String(path.body.code)], [404, 'INVALID_URL_PATTERN'])
    const method = await zoho.delete('/crm/v8/org')
    assert.deepEqual([method.status, String(method.body.code)], [400, 'INVALID_REQUEST_METHOD'])
    for (const version of ['v2.1', 'v3', 'v7', 'v8']) {
      assert.equal(await statusOf(zoho.get(`/crm/${version}/org`)), 200)
    }
    assert.equal(await statusOf(zoho.get('/crm/v9/org')), 404)
  })
})
