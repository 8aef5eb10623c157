import { test } from '@japa/runner'
import { planRead } from '#engine/read_plan'
import type { Context, ReadQuery, StreamDescription } from '#sdk'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { dice } from '../../engine/support/dice.js'
import { asked, dealsOf, idsIn, otherUser, readWhole } from './read_kit.js'
import { seededOrg } from './seeded_org.js'

const COUNT = 36_000
const COUNTING = 1
const FIELDS = ['Deal_Name', 'Stage', 'Order_Ref', 'Item_Count', 'Amount', 'Modified_Time']

/** As the engine does it: count, choose, read with what was counted. */
async function readByPlan(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const routes = readRoutes(ctx, stream)
  const count = await countRecords(ctx, stream, query)
  const plan = planRead(routes, query, { wish: {}, count })
  if (!plan) throw new Error('Nothing suits')
  const expected = count === null ? {} : { expected: count }
  const read = await readWhole(ctx, stream, plan.route.name, { ...query, ...expected })
  return { count, plan, ids: idsIn(read) }
}

test.group('zoho_crm random workloads', (group) => {
  group.each.timeout(60_000)

  test('are forecast and paid at the price of the cheapest way', async ({ assert, cleanup }) => {
    const deal = (number: number) => ({
      Deal_Name: `Deal ${number}`,
      Stage: 'Qualification',
      Item_Count: number,
      Amount: number / 4,
    })
    const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadDownloads: 99 }
    const { ctx, sim } = await seededOrg(cleanup, COUNT, deal, quick)
    const stream = await dealsOf(ctx)
    const user = await otherUser(sim)
    const all = await readWhole(ctx, stream, 'bulk_read', asked({ fields: [] }))
    const random = dice(7)
    const chosen = new Map<string, number>()
    for (let round = 0; round < 20; round++) {
      const share = round % 10 === 0 ? 0.95 : random() ** 3
      const size = 1 + Math.floor(share * (COUNT - 1))
      const fields = FIELDS.filter(() => random() < 0.7)
      const edited = idsIn(all).slice(size % 1000, (size % 1000) + (size % 400))
      const since = new Date(Date.now() + round * 5000 - 1000).toISOString()
      await user.update(edited.map((id) => ({ id, Stage: `Round ${round}` })))
      const isIncrement = round % 3 === 2 && edited.length > 0
      const bounds = { field: 'Modified_Time', from: since, until: '2999-01-01T00:00:00Z' }
      const query = isIncrement
        ? asked({ fields, incremental: bounds })
        : asked({ fields, filter: { field: 'Item_Count', op: '<=', value: size } })
      const before = sim.stats().credits.used
      const { count, plan, ids } = await readByPlan(ctx, stream, query)
      assert.equal(new Set(ids).size, count)
      if (!isIncrement) assert.lengthOf(ids, size)
      else assert.includeMembers(ids, edited)
      assert.equal(sim.stats().credits.used - before, plan.credits + COUNTING, `round ${round}`)
      assert.isAtMost(plan.credits, Math.min(50, Math.ceil((count ?? 0) / 200)))
      chosen.set(plan.route.name, (chosen.get(plan.route.name) ?? 0) + 1)
      sim.advance(5)
    }
    assert.includeMembers([...chosen.keys()], ['coql', 'bulk_read'])
  })
})
