import { test } from '@japa/runner'
import type { StreamDescription } from '#sdk'
import { incrementalBounds } from '#workers/incremental_bounds'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { dice } from '../../engine/support/dice.js'
import { definition } from '../../engine/support/make_input.js'
import { readAsPlanned } from './planned_read.js'
import { asked, dealsOf, idsIn, otherUser, readWhole } from './read_kit.js'
import { seededOrg } from './seeded_org.js'

const COUNT = 36_000
const WORKLOADS = 150
const FIELDS = ['Deal_Name', 'Stage', 'Order_Ref', 'Item_Count', 'Amount', 'Modified_Time']
const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0, bulkReadDownloads: 999 }

const deal = (number: number) => ({
  Deal_Name: `Deal ${number}`,
  Stage: 'Qualification',
  Item_Count: number,
  Amount: number / 4,
})

/** The price of the cheapest way for someone who knows the number, worked out by hand. */
function cheapest(count: number) {
  const rest = count % 2000
  const tail = rest === 0 ? 0 : rest <= 200 ? 1 : rest <= 1000 ? 2 : 3
  return Math.min(Math.max(1, Math.floor(count / 2000) * 3 + tail), 50)
}

type Org = Awaited<ReturnType<typeof seededOrg>>

/** What a service reads that has run before: all anew, or what has changed since. */
async function workload(
  org: Org,
  stream: StreamDescription,
  random: () => number,
  at: number,
  edit: Editor
) {
  const { ctx } = org
  const fields = FIELDS.filter(() => random() < 0.7)
  if (at % 3 === 2) {
    org.sim.advance(4)
    const since = new Date(Date.now() + (4000 * (at + 1)) / 3 - 2000).toISOString()
    await edit(1 + Math.floor(random() ** 3 * 600), at)
    const changes = {
      ...definition('upsert'),
      incremental: { by: 'modified' as const, column: 'Modified_Time', overlap: 0 },
    }
    const before = org.sim.stats().credits.used
    const source = { ctx, stream, access: connector.discover ?? {} }
    const incremental = await incrementalBounds(changes, source, since)
    return { before, query: asked({ fields, incremental }), likely: null, mark: 1 }
  }
  const size = 1 + Math.floor((at % 25 === 0 ? 0.95 : random() ** 5) * (COUNT - 1))
  const likely = Math.round(size * (1 - (at % 2) * random() * 0.01))
  const filter = { field: 'Item_Count', op: '<=' as const, value: size }
  const before = org.sim.stats().credits.used
  return { before, query: asked({ fields, filter }), likely, mark: 0 }
}

type Editor = (count: number, round: number) => Promise<void>

test.group('zoho_crm random workloads', (group) => {
  group.each.timeout(120_000)

  test(`${WORKLOADS} are paid within 1 % of the cheapest plan and forecast within 2 %`, async ({
    assert,
    cleanup,
  }) => {
    const org = await seededOrg(cleanup, COUNT, deal, quick)
    const { ctx, sim } = org
    const user = await otherUser(sim)
    const stream = await dealsOf(ctx)
    const all = idsIn(await readWhole(ctx, stream, 'bulk_read', asked({ fields: [] })))
    const random = dice(7)
    const edit: Editor = async (count, round) => {
      const from = Math.floor(random() * (COUNT - count))
      const edited = all.slice(from, from + count)
      await user.update(edited.map((id) => ({ id, Stage: `Round ${round}` })))
    }
    const sums = { spent: 0, cheapest: 0, planned: 0 }
    const chosen = new Map<string, number>()
    for (let at = 0; at < WORKLOADS; at++) {
      const { query, likely, before, mark } = await workload(org, stream, random, at, edit)
      const read = await readAsPlanned(ctx, stream, query, likely)
      const spent = sim.stats().credits.used - before
      sums.spent += spent
      sums.planned += read.planned
      sums.cheapest += cheapest(read.records.length) + mark
      assert.isAtMost(spent, cheapest(read.records.length) + mark + 1)
      chosen.set(read.route, (chosen.get(read.route) ?? 0) + 1)
    }
    assert.isAtMost(sums.spent, sums.cheapest * 1.01)
    assert.closeTo(sums.planned, sums.spent, sums.spent * 0.02)
    assert.includeMembers([...chosen.keys()], ['coql', 'bulk_read'])
  })
})
