import { hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import type { ReadQuery } from '#sdk'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { countRecords } from '../../../../plugins/connectors/zoho_crm/read/count_records.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { makeInput } from '../../engine/support/make_input.js'
import { Crash, MemoryLedger } from '../../engine/support/memory_ledger.js'
import { MemoryTarget } from '../../engine/support/memory_target.js'
import { asked, dealsOf, idsIn, jobsAt, readWhole } from './read_kit.js'
import { seededOrg } from './seeded_org.js'

type Org = Awaited<ReturnType<typeof seededOrg>>

const COUNT = 2500
const quick = { bulkReadDelayMs: 10, bulkReadQueueMs: 10 }
const deal = (number: number) => ({
  Deal_Name: `Deal ${number}`,
  Stage: 'Qualification',
  Order_Ref: `R-${number}`,
})

async function input(org: Org, ledger: MemoryLedger, target: MemoryTarget, route?: string) {
  const { ctx } = org.context()
  const stream = await dealsOf(ctx)
  const routes = [target.callRoute(['upsert'], ['upsert'])]
  const { asking } = connector.discover ?? {}
  const source = { readRoutes, count: countRecords, ...(asking ? { asking } : {}) }
  const made = makeInput({ source, routes, ledger })
  const whole: SyncInput = {
    ...made,
    source: { ctx, stream, access: made.source.access },
    definition: {
      ...made.definition,
      source: { connection: 'crm', stream: 'Deals', ...(route ? { route } : {}) },
      mapping: [
        { to: 'Ref', from: 'Order_Ref' },
        { to: 'Name', from: 'Deal_Name' },
      ],
    },
    world: {
      now: () => performance.now(),
      random: () => 0,
      sleep: (milliseconds) => setTimeout(Math.min(milliseconds, 20)),
      hash: (text) => hash('sha1', text),
    },
  }
  return whole
}

test.group('zoho_crm as a source of the engine', (group) => {
  group.each.timeout(30_000)

  test('a run that dies while the job runs adopts it', async ({ assert, cleanup }) => {
    const org = await seededOrg(cleanup, COUNT, deal, { ...quick, bulkReadRunMs: 150 })
    const ledger = new MemoryLedger()
    const target = new MemoryTarget('Ref')
    const first = await input(org, ledger, target, 'bulk_read')
    const dying = {
      ...first.world,
      sleep: async () => {
        while (ledger.cursor === null) await setTimeout(5)
        throw new Crash('The server is gone')
      },
    }
    await assert.rejects(() => sync({ ...first, world: dying }), /The server is gone/)
    assert.equal(target.records.size, 0)
    assert.containSubset(ledger.cursor, { route: 'bulk_read', cursor: { at: 'job' } })
    await sync(await input(org, ledger, target, 'bulk_read'))
    assert.equal(target.records.size, COUNT)
    assert.equal(jobsAt(org.sim), 1)
  })

  test('the engine counts, chooses, and pays what it planned', async ({ assert, cleanup }) => {
    const org = await seededOrg(cleanup, COUNT, deal, quick)
    const target = new MemoryTarget('Ref')
    const made = await input(org, new MemoryLedger(), target)
    const before = org.sim.stats().credits.used
    const report = await sync(made)
    assert.equal(target.records.size, COUNT)
    const toWrite = target.credits
    const counting = 1
    const spent = org.sim.stats().credits.used - before
    assert.equal(spent, report.credits.planned - toWrite)
    assert.equal(spent, 3 + 2 + counting)
  })

  for (const name of ['coql', 'list', 'bulk_read']) {
    test(`a token that expires in the middle of ${name} is not noticed`, async ({
      assert,
      cleanup,
    }) => {
      const org = await seededOrg(cleanup, COUNT, deal, quick)
      const { ctx, meter } = org.context()
      const stream = await dealsOf(ctx)
      const query: ReadQuery = asked({ pageSize: 200 })
      const route = readRoutes(ctx, stream).find((each) => each.name === name)
      const ids: string[] = []
      for await (const page of route?.read(ctx, stream, query) ?? []) {
        ids.push(...idsIn(page))
        if (ids.length === 200 || page.pollAfter !== undefined) org.sim.advance(3700)
      }
      const again = await readWhole(ctx, stream, 'coql', query)
      assert.deepEqual(ids, idsIn(again))
      assert.isAbove(meter.calls.length, 3)
    })
  }
})
