import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { planCost, planWrites } from '#engine/plan'
import { suitableRoutes } from '#engine/suitable_routes'
import { sync } from '#engine/sync'
import type { SyncInput, World } from '#engine/sync_input'
import type { Operation, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { definition, makeInput } from '../../engine/support/make_input.js'
import { MemoryLedger } from '../../engine/support/memory_ledger.js'
import { memorySource } from '../../engine/support/memory_source.js'
import { dealStream } from './deal_batch.js'
import { openOrg } from './open_org.js'

const routes = connector.discover?.routes?.(dealStream) ?? []
const operations: Operation[] = ['insert', 'update', 'upsert']

/** The cheapest that the price list allows, found by trying every number of jobs. */
function leastPrice(count: number): number {
  const calls = (records: number) => Math.ceil(Math.max(0, records) / 10)
  const jobs = Array.from({ length: Math.ceil(count / 25_000) + 1 }, (_, at) => at)
  return Math.min(...jobs.map((at) => at * 500 + calls(count - at * 25_000)))
}

test.group('zoho_crm credits of writing, planned', () => {
  test('500 random workloads are planned at the least price', ({ assert }) => {
    const workload = fc.record({
      count: fc.oneof(
        fc.integer({ min: 1, max: 6_000 }),
        fc.integer({ min: 4_950, max: 5_050 }),
        fc.integer({ min: 24_900, max: 80_000 })
      ),
      operation: fc.constantFrom(...operations),
    })
    fc.assert(
      fc.property(workload, ({ count, operation }) => {
        const steps = planWrites(routes, count, operation)
        assert.equal(planCost(steps), leastPrice(count))
        assert.equal(
          steps.reduce((sum, step) => sum + step.records, 0),
          count
        )
      }),
      { numRuns: 500 }
    )
  })

  test('what only calls can do is planned as calls', ({ assert }) => {
    const made = definition('upsert')
    const byCalls = suitableRoutes(routes, made, { trigger: 'all' })
    assert.equal(planCost(planWrites(byCalls, 25_000, 'upsert')), 2_500)
    const any = suitableRoutes(routes, made, { trigger: null })
    assert.equal(planCost(planWrites(any, 25_000, 'upsert')), 500)
  })
})

type Org = Awaited<ReturnType<typeof openOrg>>

const world: World = {
  now: () => performance.now(),
  random: () => 0,
  sleep: (milliseconds) => setTimeout(Math.min(milliseconds, 10)),
  hash: (text) => hash('sha1', text),
}

const FIELDS = [
  ['Description', 'note'],
  ['Amount', 'total'],
  ['Shipping_City', 'city'],
  ['Closing_Date', 'day'],
]

function orders(count: number, edits: number, round: number): RecordValues[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    ref: `R-${at + 1}`,
    note: at < edits ? `round ${round}` : 'first',
    total: '12.50',
    city: 'Ulm',
    day: '2026-11-20',
  }))
}

interface Workload {
  count: number
  edits: number
  fields: number
}

async function run(org: Org, ledger: MemoryLedger, { fields }: Workload, records: RecordValues[]) {
  const made = makeInput({ source: memorySource(records), routes, ledger, operation: 'upsert' })
  const names = ['id', 'ref', ...FIELDS.map(([, from]) => from)]
  const sourceFields = names.map((name) => ({
    name,
    type: name === 'id' ? ('integer' as const) : ('text' as const),
  }))
  const access = connector.discover ?? {}
  const input: SyncInput = {
    ...made,
    world,
    source: { ...made.source, stream: { ...made.source.stream, fields: sourceFields } },
    target: { ctx: org.ctx, stream: dealStream, access, routes },
    definition: {
      ...made.definition,
      target: { ...made.definition.target, match: { by: 'fields', fields: ['Order_Ref'] } },
      mapping: [
        { to: 'Order_Ref', from: 'ref' },
        { to: 'Deal_Name', formula: '"Order " + source.ref' },
        { to: 'Stage', value: 'Qualification' },
        ...FIELDS.slice(0, fields).map(([to, from]) => ({ to, from })),
      ],
    },
  }
  const before = { mine: org.meter.credits, zoho: org.sim.stats().credits.used }
  const report = await sync(input)
  ledger.newRun()
  return {
    report,
    mine: org.meter.credits - before.mine,
    zoho: org.sim.stats().credits.used - before.zoho,
  }
}

/** Most are small, so that there can be many. */
function randomWorkloads(): Workload[] {
  const upTo = (max: number) =>
    fc.record({
      count: fc.integer({ min: 1, max }),
      edits: fc.integer({ min: 0, max }),
      fields: fc.integer({ min: 1, max: FIELDS.length }),
    })
  const fixed = [
    { count: 4_999, edits: 10, fields: 1 },
    { count: 5_000, edits: 11, fields: 2 },
    { count: 5_001, edits: 5_001, fields: 3 },
    { count: 26_000, edits: 100, fields: 1 },
  ]
  return [
    ...fc.sample(upTo(45), { numRuns: 476, seed: 11 }),
    ...fc.sample(upTo(1_500), { numRuns: 20, seed: 7 }),
    ...fixed,
  ]
}

test.group('zoho_crm credits of writing, metered', (group) => {
  group.each.timeout(240_000)

  test('500 random workloads cost what the simulator meters, twice', async ({
    assert,
    cleanup,
  }) => {
    for (const workload of randomWorkloads()) {
      const org = await openOrg(cleanup, { bulkSliceRows: 5_000, bulkDelayMs: 0 })
      const ledger = new MemoryLedger()
      const { count, fields } = workload
      const edits = Math.min(workload.edits, count)
      const load = await run(org, ledger, workload, orders(count, 0, 0))
      const label = JSON.stringify(workload)
      assert.equal(load.report.counters.created, count, label)
      assert.equal(load.zoho, leastPrice(count), label)
      assert.deepEqual(load.report.credits, { planned: load.zoho, spent: load.zoho }, label)
      assert.equal(load.mine, load.zoho, label)
      const again = await run(org, ledger, { ...workload, fields }, orders(count, edits, 1))
      assert.equal(again.report.counters.updated, edits, label)
      assert.equal(again.report.counters.unchanged, count - edits, label)
      assert.equal(again.zoho, edits === 0 ? 0 : leastPrice(edits), label)
      assert.equal(again.report.credits.planned, again.zoho, label)
      assert.equal(again.mine, again.zoho, label)
      await org.sim.close()
    }
  })
})
