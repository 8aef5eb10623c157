import { test } from '@japa/runner'
import { checkDefinition } from '#engine/check_definition'
import { planRead, whyNone } from '#engine/read_plan'
import type { StreamDescription } from '#sdk'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { definition, stream as streamOf } from '../../engine/support/make_input.js'
import { readAsPlanned } from './planned_read.js'
import { asked, dealsOf, idsIn, newDeals, otherUser, readWhole } from './read_kit.js'
import { openOrg } from './open_org.js'

const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0 }

function idOf({ views = [] }: StreamDescription, wanted: string) {
  const view = views.find(({ title }) => title === wanted)
  if (!view) throw new Error(`No view ${wanted}`)
  return view.id
}

async function wonDeals(cleanup: (close: () => Promise<void>) => void) {
  const org = await openOrg(cleanup, quick)
  const user = await otherUser(org.sim)
  const deals = newDeals(250).map((deal, at) => ({
    ...deal,
    Stage: at % 5 === 0 ? 'Closed Won' : 'Qualification',
  }))
  const ids = await user.insert(deals)
  const won = ids.filter((_id, at) => at % 5 === 0)
  return { ...org, user, won, stream: await dealsOf(org.ctx) }
}

test.group('zoho_crm custom views', () => {
  test('are told with the stream, all but the one that shows everything', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const { views = [] } = await dealsOf(ctx)
    assert.sameMembers(
      views.map(({ title }) => title),
      ['My Deals', 'Closed Won Deals']
    )
  })

  test('are read by query and by job, with the filter, and counted', async ({
    assert,
    cleanup,
  }) => {
    const { ctx, won, stream, user } = await wonDeals(cleanup)
    const view = idOf(stream, 'Closed Won Deals')
    assert.equal(await countRecords(ctx, stream, asked({ view })), 50)
    for (const name of ['coql', 'bulk_read']) {
      assert.deepEqual(idsIn(await readWhole(ctx, stream, name, asked({ view }))), won, name)
      const filter = { field: 'Order_Ref', op: 'in' as const, values: ['R-1', 'R-2', 'R-6'] }
      const few = await readWhole(ctx, stream, name, asked({ view, filter }))
      assert.deepEqual(idsIn(few), won.slice(0, 2), name)
    }
    const planned = await readAsPlanned(ctx, stream, asked({ view }), null)
    assert.deepEqual([planned.route, planned.records.length, planned.planned], ['coql', 50, 2])
    await user.update([{ id: won[0], Stage: 'Closed Lost' }])
    assert.deepEqual(idsIn(await readWhole(ctx, stream, 'coql', asked({ view }))), won.slice(1))
  })

  test('a way that cannot says so', async ({ assert, cleanup }) => {
    const { context } = await openOrg(cleanup)
    const { ctx } = context({ readBy: 'list' })
    const stream = await dealsOf(ctx)
    const query = asked({ view: idOf(stream, 'My Deals') })
    const routes = readRoutes(ctx, stream)
    assert.isNull(planRead(routes, query, { wish: {}, count: 1 }))
    assert.equal(
      whyNone(stream, routes, query, {}),
      "'Deals' cannot be read like this. A custom view is read by query or by bulk read, never by list."
    )
  })

  test('one that there is not is found before the service is saved', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const stream = await dealsOf(ctx)
    const service = definition('upsert')
    const problems = (view: string, source: StreamDescription) =>
      checkDefinition(
        { ...service, source: { ...service.source, view }, mapping: [] },
        source,
        streamOf('orders', []),
        { routes: [], options: [] }
      ).filter(({ where }) => where === 'source.view')
    assert.lengthOf(problems('My Deals', stream), 0)
    assert.lengthOf(problems(idOf(stream, 'My Deals'), stream), 0)
    assert.deepEqual(problems('My Deal', stream), [
      { where: 'source.view', message: "'Deals' has no view 'My Deal'. Did you mean 'My Deals'?" },
    ])
    assert.match(problems('x', streamOf('orders', []))[0].message, /It has: none/)
  })
})
