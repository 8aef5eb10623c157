import { test } from '@japa/runner'
import { planRead, whyNone } from '#engine/read_plan'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { describeStream } from '../../../../plugins/connectors/zoho_crm/describe/describe_stream.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, newDeals, otherUser, readWhole, routeOf } from './read_kit.js'

const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0 }
const fields = ['Deal_Name', 'Account_Name.Phone', 'Account_Name.Account_Name', 'Owner.email']

async function threeDeals(cleanup: (close: () => Promise<void>) => void) {
  const org = await openOrg(cleanup, quick)
  const user = await otherUser(org.sim)
  const accounts = await user.insert(
    [1, 2].map((at) => ({ Account_Name: `Shop ${at}`, Phone: `555-${at}` })),
    'Accounts'
  )
  const deals = newDeals(3).map((deal, at) => ({
    ...deal,
    ...(at < 2 ? { Account_Name: { id: accounts[at] } } : {}),
  }))
  const ids = await user.insert(deals)
  return { ...org, accounts, ids, stream: await dealsOf(org.ctx) }
}

test.group('zoho_crm fields behind lookups', () => {
  test('are described with label and type, titles first, and none that may arrive cut', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const { fields: all } = await describeStream(ctx, 'Deals')
    const field = (name: string) => all.find((each) => each.name === name)
    assert.containSubset(field('Account_Name.Phone'), {
      label: 'Account Name: Phone',
      type: 'phone',
      readOnly: true,
      nullable: true,
    })
    assert.containSubset(field('Account_Name.Account_Name'), { label: 'Account Name: name' })
    assert.isUndefined(field('Account_Name.Account_Name')?.matchable)
    assert.containSubset(field('Owner.email'), { label: 'Owner: e-mail', type: 'email' })
    assert.containSubset(field('Modified_By.name'), { type: 'text', readOnly: true })
    assert.isUndefined(field('Account_Name.Description'), 'a long text may arrive cut')
    assert.isUndefined(field('Account_Name.Owner'), 'a second join')
    const at = (name: string) => all.findIndex((each) => each.name === name)
    assert.isBelow(at('Account_Name.Account_Name'), at('Account_Name.Phone'))
  })

  test('read the same by every way, at the price that was planned', async ({ assert, cleanup }) => {
    const { context, stream, ids } = await threeDeals(cleanup)
    const row = (at: number, shop: number | null) => ({
      'id': ids[at],
      'Deal_Name': `Deal ${at + 1}`,
      'Account_Name.Phone': shop && `555-${shop}`,
      'Account_Name.Account_Name': shop && `Shop ${shop}`,
      'Owner.email': 'sim.admin@example.com',
    })
    for (const name of ['coql', 'list', 'bulk_read']) {
      const { ctx, meter } = context()
      const query = asked({ fields, expected: 3 })
      const { records } = await readWhole(ctx, stream, name, query)
      assert.deepEqual(records, [row(0, 1), row(1, 2), row(2, null)], name)
      const route = routeOf(ctx, stream, name)
      assert.equal(meter.credits, route.cost(3, query) + (route.fee?.(query) ?? 0), name)
    }
  })

  test('more than fifty behind one lookup are fetched in portions that agree', async ({
    assert,
    cleanup,
  }) => {
    const { context, stream, ids, sim, accounts } = await threeDeals(cleanup)
    const user = await otherUser(sim)
    const odd = Array.from({ length: 60 }, (_, at) => `Account_Name.Odd_${at}`)
    const many = ['Account_Name.Website', ...odd, 'Account_Name.Phone']
    const phone = stream.fields.find(({ name }) => name === 'Account_Name.Phone')
    const further = odd.map((name) => ({ ...phone, name, type: 'text' as const }))
    const wide = { ...stream, fields: [...stream.fields, ...further] }
    const query = asked({ fields: many, expected: 3 })
    const { ctx, meter } = context()
    const { records } = await readWhole(ctx, wide, 'list', query)
    assert.deepEqual(
      records.map((record) => [record.id, record['Account_Name.Phone']]),
      [
        [ids[0], '555-1'],
        [ids[1], '555-2'],
        [ids[2], null],
      ]
    )
    assert.equal(meter.credits, 1 + 2)
    assert.equal(routeOf(ctx, wide, 'list').cost(3, query), 1 + 2)

    const torn = context()
    const request = torn.ctx.http.request.bind(torn.ctx.http)
    let calls = 0
    torn.ctx.http.request = async (call) => {
      if (call.url.includes('/Accounts?') && ++calls === 2) {
        sim.advance(5)
        await user.update(
          [{ id: accounts[0], Phone: '556', Website: 'https://b.test' }],
          'Accounts'
        )
      }
      return request(call)
    }
    const again = await readWhole(torn.ctx, wide, 'list', query)
    assert.containSubset(again.records[0], {
      'Account_Name.Phone': '556',
      'Account_Name.Website': 'https://b.test',
    })
  })

  test('a filter of the account is asked of Zoho, one of the owner is not', async ({
    assert,
    cleanup,
  }) => {
    const { context, stream, ids } = await threeDeals(cleanup)
    const read = async (field: string, value: string) => {
      const { ctx, meter } = context()
      const filter = { field, op: '=' as const, value }
      const { records } = await readWhole(ctx, stream, 'coql', asked({ filter, fields: [] }))
      const query = meter.calls
        .map(({ body }) => String(body))
        .find((text) => text.includes('select'))
      return { ids: records.map(({ id }) => id), query, records }
    }
    const byPhone = await read('Account_Name.Phone', '555-2')
    assert.deepEqual(byPhone.records, [{ id: ids[1] }])
    assert.include(byPhone.query, "where Account_Name.Phone = '555-2'")
    const byOwner = await read('Owner.email', 'sim.admin@example.com')
    assert.deepEqual(byOwner.ids, ids)
    assert.notInclude(byOwner.query, 'Owner.email')
    const byNobody = await read('Owner.name', 'Nobody')
    assert.lengthOf(byNobody.ids, 0)
  })

  test('who left is still named', async ({ assert, cleanup }) => {
    const { ctx, sim, stream } = await threeDeals(cleanup)
    const reply = await ctx.http.request({ method: 'GET', url: `${sim.url}/crm/v8/users` })
    const { users } = await reply.json<{ users: Array<{ id: string; email: string }> }>()
    const former = users.find(({ email }) => email === 'idle.former@example.com')
    const user = await otherUser(sim)
    const [id] = await user.insert(newDeals(1, { Owner: { id: former?.id ?? '' } }, 9))
    const filter = { field: 'id', op: '=' as const, value: id }
    for (const name of ['coql', 'list']) {
      const query = asked({ filter, fields: ['Owner.name', 'Owner'] })
      const { records } = await readWhole(ctx, stream, name, query)
      assert.deepEqual(records, [{ id, 'Owner.name': 'Idle Former', 'Owner': { id: former?.id } }])
    }
  })

  test('more joins than a query takes go by list, and an old version says why not', async ({
    assert,
    cleanup,
  }) => {
    const { context } = await openOrg(cleanup)
    const old = context({ apiVersion: 'v6', readBy: 'coql' }).ctx
    const stream = await dealsOf(old)
    const wide = ['Account_Name.Phone', 'Contact_Name.Email', 'Campaign_Source.Status']
    const query = asked({ fields: wide })
    const routes = readRoutes(old, stream)
    assert.isNull(planRead(routes, query, { wish: {}, count: 1 }))
    assert.equal(
      whyNone(stream, routes, query, {}),
      "'Deals' cannot be read like this. A query looks behind 2 lookups at most, and this service asks for fields behind 3."
    )
    const free = readRoutes(context({ apiVersion: 'v6' }).ctx, stream)
    assert.equal(planRead(free, query, { wish: {}, count: 1 })?.route.name, 'list')
  })
})
