import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { sync } from '#engine/sync'
import type { SyncInput, World } from '#engine/sync_input'
import type { Operation, RecordValues } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { makeInput } from '../../engine/support/make_input.js'
import { MemoryLedger } from '../../engine/support/memory_ledger.js'
import { memorySource } from '../../engine/support/memory_source.js'
import { openOrg } from './open_org.js'

type Org = Awaited<ReturnType<typeof openOrg>>

const world: World = {
  now: () => performance.now(),
  random: () => 0,
  sleep: (milliseconds) => setTimeout(Math.min(milliseconds, 20)),
  hash: (text) => hash('sha1', text),
}

function orders(count: number): RecordValues[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    ref: `R-${at + 1}`,
    name: `Order ${at + 1}, "quoted"`,
    total: '12.50',
    at: '2026-11-20 09:30:00.250',
  }))
}

async function input(org: Org, count: number, ledger: MemoryLedger, operation: Operation) {
  const access = connector.discover
  const stream = await access?.describe(org.context().ctx, 'Deals')
  if (!access || !stream) throw new Error('Deals is missing')
  const routes = access.routes?.(stream) ?? []
  const made = makeInput({ source: memorySource(orders(count)), routes, ledger, operation })
  const fields = ['id', 'ref', 'name', 'total', 'at'].map((name) => ({
    name,
    type: name === 'id' ? ('integer' as const) : ('text' as const),
  }))
  const match = { by: 'fields' as const, fields: ['Order_Ref'] }
  const whole: SyncInput = {
    ...made,
    world,
    source: { ...made.source, stream: { ...made.source.stream, fields } },
    target: { ctx: org.ctx, stream, access, routes },
    definition: {
      ...made.definition,
      target: { ...made.definition.target, match },
      mapping: [
        { to: 'Order_Ref', from: 'ref' },
        { to: 'Deal_Name', from: 'name' },
        { to: 'Stage', value: 'Qualification' },
        { to: 'Amount', from: 'total' },
        { to: 'Ordered_At', from: 'at', timezone: 'Europe/Berlin' },
      ],
    },
  }
  return whole
}

test.group('zoho_crm under the engine', (group) => {
  group.each.timeout(30_000)

  for (const [count, credits] of [
    [100, 10],
    [5_001, 500],
    [26_000, 600],
  ]) {
    test(`${count} records cost ${credits} credits by plan and by Zoho, and nothing again`, async ({
      assert,
      cleanup,
    }) => {
      const org = await openOrg(cleanup, { bulkSliceRows: 2000 })
      const ledger = new MemoryLedger()
      const first = await input(org, count, ledger, 'upsert')
      const before = org.sim.stats().credits.used
      const report = await sync(first)
      assert.equal(report.counters.created, count)
      assert.deepEqual(report.credits, { planned: credits, spent: credits })
      assert.equal(org.sim.stats().credits.used - before, credits)
      assert.equal(org.sim.stats().modules.Deals.records, count)
      ledger.newRun()
      const again = await sync({ ...first })
      assert.equal(again.counters.unchanged, count)
      assert.equal(org.sim.stats().credits.used - before, credits)
    })
  }

  test('inserts whose replies are lost are neither lost nor doubled', async ({
    assert,
    cleanup,
  }) => {
    const org = await openOrg(cleanup)
    const made = await input(org, 1000, new MemoryLedger(), 'insert')
    org.sim.faults([
      { kind: 'drop_after', match: { method: 'POST', path: '/v8/Deals', every: 3 } },
      { kind: 'status', status: 502, match: { method: 'POST', path: '/v8/Deals', every: 4 } },
    ])
    const report = await sync(made)
    assert.equal(report.counters.created, 1000)
    assert.equal(org.sim.stats().modules.Deals.records, 1000)
    assert.equal(org.sim.stats().modules.Deals.inserts, 1000)
  })
})
