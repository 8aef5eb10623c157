import fc from 'fast-check'
import { test } from '@japa/runner'
import { planRead } from '#engine/read_plan'
import type { ReadQuery, StreamDescription } from '#sdk'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { cannedContext } from './canned_context.js'
import { dealStream } from './deal_batch.js'
import { asked, readWhole } from './read_kit.js'
import { seededOrg } from './seeded_org.js'

const extra = Array.from({ length: 160 }, (_, at) => `Extra_${at}`)
const wide: StreamDescription = {
  ...dealStream,
  fields: [...dealStream.fields, ...extra.map((name) => ({ name, type: 'text' as const }))],
}
const routes = readRoutes(cannedContext(() => ({ status: 500 })).ctx, wide)

function planned(query: ReadQuery, count: number, route?: string) {
  const plan = planRead(routes, query, { wish: { route }, count })
  if (!plan) throw new Error(`No plan for ${count}`)
  return { route: plan.route.name, credits: plan.credits }
}

/** The price of the cheapest way, worked out by hand. */
function cheapest(count: number, portions: number) {
  const rest = count % 2000
  const tail = rest === 0 ? 0 : rest <= 200 ? 1 : rest <= 1000 ? 2 : 3
  const coql = (Math.floor(count / 2000) * 3 + tail) * portions
  return Math.min(coql, Math.ceil(count / 200_000) * 50)
}

test.group('zoho_crm prices of reading', () => {
  for (const [count, route, credits] of [
    [1, 'coql', 1],
    [200, 'coql', 1],
    [201, 'coql', 2],
    [1000, 'coql', 2],
    [2001, 'coql', 4],
    [33_000, 'coql', 50],
    [33_001, 'bulk_read', 50],
    [200_000, 'bulk_read', 50],
    [200_001, 'bulk_read', 100],
    [400_000, 'bulk_read', 100],
  ] as const) {
    test(`${count} records are read by ${route}`, ({ assert }) => {
      assert.deepEqual(planned(asked(), count), { route, credits })
    })
  }

  test('500 random workloads are never dearer than the cheapest way', ({ assert }) => {
    const workload = fc.tuple(
      fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 100_000 })),
      fc.integer({ min: 0, max: extra.length })
    )
    fc.assert(
      fc.property(workload, ([count, fields]) => {
        const query = asked({ fields: extra.slice(0, fields) })
        const portions = fields <= 50 ? 1 : Math.ceil(fields / 49)
        const plan = planned(query, count)
        assert.equal(plan.credits, cheapest(count, portions), `${count} with ${fields} fields`)
      }),
      { numRuns: 500 }
    )
  })

  test('what suits a query depends on its filter, bounds and fields', ({ assert }) => {
    const stream = { ...wide, fields: [...wide.fields, { name: 'Rows', type: 'json' as const }] }
    const all = readRoutes(cannedContext(() => ({ status: 500 })).ctx, stream)
    const names = (changes: Partial<ReadQuery>) =>
      all.filter((route) => route.suits(asked(changes))).map(({ name }) => name)
    const bounds = { from: null, until: '2026-11-20T00:00:00Z' }
    assert.deepEqual(names({}), ['coql', 'list', 'bulk_read'])
    assert.deepEqual(names({ filter: { field: 'Stage', op: '=', value: 'New' } }), [
      'coql',
      'bulk_read',
    ])
    assert.deepEqual(names({ incremental: { field: 'Created_Time', ...bounds } }), [
      'coql',
      'bulk_read',
    ])
    assert.deepEqual(names({ fields: ['Rows'] }), ['coql', 'list'])
    const values = Array.from({ length: 5000 }, (_, at) => String(1_000_000 + at))
    assert.deepEqual(names({ filter: { field: 'id', op: 'in', values } }), ['list'])
  })

  test('readBy leaves one way', ({ assert }) => {
    for (const [readBy, name] of [
      ['list', 'list'],
      ['coql', 'coql'],
      ['bulk', 'bulk_read'],
    ]) {
      const { ctx } = cannedContext(() => ({ status: 500 }), { readBy })
      assert.deepEqual(
        readRoutes(ctx, wide).map((route) => route.name),
        [name]
      )
    }
  })

  test('older versions answer 200 rows, and cost so', ({ assert }) => {
    const { ctx } = cannedContext(() => ({ status: 500 }), { apiVersion: 'v6' })
    const [coql] = readRoutes(ctx, wide)
    assert.equal(coql.maxRecords, 200)
  })
})

test.group('zoho_crm pays what was planned', (group) => {
  group.each.timeout(30_000)

  test('for sizes around every step, by every way, as Zoho meters it', async ({
    assert,
    cleanup,
  }) => {
    const quick = { bulkReadDelayMs: 0, bulkReadQueueMs: 0 }
    for (const count of [1, 200, 201, 400, 1000, 1001, 2000, 2001, 2201, 4350]) {
      const deal = (number: number) => ({ Deal_Name: `D${number}`, Stage: 'Qualification' })
      const { ctx, context, sim } = await seededOrg(cleanup, count, deal, quick)
      assert.equal(await countRecords(ctx, dealStream, asked()), count)
      for (const name of ['coql', 'list', 'bulk_read']) {
        const before = sim.stats().credits.used
        const reader = context()
        const query = asked({ fields: ['Deal_Name'], expected: count })
        const { records } = await readWhole(reader.ctx, dealStream, name, query)
        assert.lengthOf(records, count)
        const { credits } = planned(query, count, name)
        assert.equal(sim.stats().credits.used - before, credits, `${count} by ${name}`)
        assert.equal(reader.meter.credits, credits)
      }
    }
  })
})
