import { test } from '@japa/runner'
import { BulkClient } from './bulk_client.js'
import { OTHER, SECOND, openConsent } from './consent_client.js'
import { deal, openSimulator, range } from './open_simulator.js'

interface Operation {
  method: string
  oauth_scope: string
  min_credits: number
  max_credits: number
}

const query = (limit: number) => ({
  select_query: `select id from Deals where id is not null limit ${limit}`,
})

test.group('Zoho simulator: prices', () => {
  test('each call costs what Zoho asks for it', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup)
    const bulk = new BulkClient(zoho)
    await zoho.deals(range(20).map((number) => deal(number)))
    const { body } = await zoho.get('/crm/v8/settings/custom_views?module=Deals')
    const cvid = String(body.custom_views[0].id)
    const fileId = await bulk.fileId([['Deal_Name', 'Stage', 'Order_Ref']])
    const json = { 'content-type': 'application/json' }
    const read = { query: { module: { api_name: 'Deals' }, fields: ['Deal_Name'] } }
    const cases: [number, () => Promise<unknown>][] = [
      [1, () => zoho.get('/crm/v8/Deals?fields=id')],
      [1, () => zoho.get('/crm/v8/Deals?fields=id&sort_by=id')],
      [3, () => zoho.get(`/crm/v8/Deals?fields=id&cvid=${cvid}`)],
      [1, () => zoho.post('/crm/v8/coql', query(200))],
      [2, () => zoho.post('/crm/v8/coql', query(1_000))],
      [3, () => zoho.post('/crm/v8/coql', query(2_000))],
      [50, () => zoho.post('/crm/bulk/v8/read', read, json)],
      [500, () => bulk.create(fileId)],
      [1, () => zoho.get('/crm/v8/Deals/search?word=Order')],
      [1, () => zoho.get('/crm/v8/__apis')],
    ]
    for (const [cost, call] of cases) {
      const before = zoho.sim.stats().credits.used
      await call()
      assert.equal(zoho.sim.stats().credits.used - before, cost, String(call))
    }
  })

  test('an edition and its users give the credits of a day', async ({ assert, cleanup }) => {
    const cases = [
      ['free', 10, 5_000],
      ['standard', 10, 52_500],
      ['standard', 1_000, 100_000],
      ['professional', 10, 55_000],
      ['enterprise', 10, 60_000],
      ['enterprise', 9_000, 5_000_000],
      ['ultimate', 9_000, 18_050_000],
    ] as const
    const zoho = await openSimulator(cleanup)
    for (const [edition, users, credits] of cases) {
      zoho.sim.reset({ edition, users })
      assert.equal(zoho.sim.stats().credits.limit, credits, `${edition} of ${users}`)
    }
  })

  test('failed calls cost too, or not, as is set', async (context) => {
    const { assert } = context
    for (const chargeFailedCalls of [true, false]) {
      const zoho = await openSimulator(context.cleanup, { chargeFailedCalls })
      await zoho.get('/crm/v8/Nothing?fields=id')
      await zoho.post('/crm/v8/Deals', { data: [{}] })
      await zoho.send('POST', '/crm/v8/Deals', { body: 'not JSON' })
      await zoho.get('/crm/v8/a/b/c/d/e')
      const { used, byEndpoint } = zoho.sim.stats().credits
      assert.equal(used, chargeFailedCalls ? 3 : 0)
      const counted = Object.values(byEndpoint).map(({ credits }) => credits)
      assert.equal(
        counted.reduce((sum, credits) => sum + credits, 0),
        used
      )
    }
  })

  test('what is refused as too many says why, in words that can be set', async (context) => {
    const { assert } = context
    const messages = { creditsMessage: 'No more today', subConcurrencyMessage: 'Not so many' }
    const limits = { creditLimit: 3, subConcurrencyLimit: 0, ...messages }
    const zoho = await openSimulator(context.cleanup, limits)
    const heavy = await zoho.post('/crm/v8/coql', query(1))
    assert.deepEqual([heavy.status, String(heavy.body.message)], [429, 'Not so many'])
    assert.equal(zoho.sim.stats().credits.used, 0)
    for (const left of ['', '1', '0']) {
      const { headers } = await zoho.get('/crm/v8/org')
      assert.equal(headers.get('x-api-credits-remaining') ?? '', left)
    }
    const last = await zoho.get('/crm/v8/org')
    assert.deepEqual([last.status, String(last.body.message)], [429, 'No more today'])
    assert.isNull(last.headers.get('retry-after'))
  })

  test('calls at once are counted by app and org', async (context) => {
    const { assert } = context
    const options = { concurrencyLimit: 1, moreClients: [SECOND] }
    const zoho = await openConsent(context.cleanup, options)
    const mine = await zoho.connect()
    const theirs = await zoho.connect({}, undefined, SECOND)
    zoho.sim.faults([{ match: { path: '/org' }, kind: 'latency', ms: 1_500 }])
    const elsewhere = await zoho.connect({}, OTHER)
    const statuses = await Promise.all(
      [mine, mine, theirs, elsewhere].map(({ access }) => zoho.status('/crm/v8/org', access))
    )
    assert.sameMembers(statuses.slice(0, 2), [200, 429])
    assert.deepEqual(statuses.slice(2), [200, 200])
  })

  test('the list of APIs tells scopes and prices of all that is served', async (context) => {
    const { assert } = context
    const zoho = await openSimulator(context.cleanup, { bulkWriteCredits: 400 })
    const { body } = await zoho.get('/crm/v8/__apis')
    const apis = new Map(
      Object.values(body.__apis).map(({ path, operation_types: types }) => {
        const operations: unknown = types
        return [String(path), operations as Operation[]]
      })
    )
    assert.deepInclude(apis.get('/crm/v8/{module}/upsert'), {
      method: 'POST',
      oauth_scope: 'ZohoCRM.modules.{module}.CREATE,ZohoCRM.modules.{module}.UPDATE',
      min_credits: 1,
      max_credits: 10,
    })
    const prices = (path: string) =>
      apis.get(path)?.map(({ method, min_credits: least, max_credits: most }) => {
        return `${method} ${least} ${most}`
      })
    assert.deepEqual(prices('/crm/bulk/v8/write'), ['POST 400 400'])
    assert.deepEqual(prices('/crm/v8/coql'), ['POST 1 3'])
    assert.include(prices('/crm/v8/{module}') ?? [], 'GET 1 3')
    assert.deepEqual(prices('/crm/v8/__apis'), ['GET 1 1'])
    const scopes = [...apis.values()].flat().map(({ oauth_scope: scope }) => scope)
    assert.isTrue(scopes.every((scope) => typeof scope === 'string'))
  })
})
