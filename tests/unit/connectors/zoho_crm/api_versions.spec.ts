import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Context, RecordOutcome } from '#sdk'
import { API_VERSIONS } from '../../../../plugins/connectors/zoho_crm/settings.js'
import { lookupRecords } from '../../../../plugins/connectors/zoho_crm/lookup/lookup_records.js'
import { readDeleted } from '../../../../plugins/connectors/zoho_crm/read/read_deleted.js'
import { readRoutes } from '../../../../plugins/connectors/zoho_crm/read/read_routes.js'
import { byRef, deals } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { asked, dealsOf, idsIn, readWhole } from './read_kit.js'
import { bulkRoute } from './route_of.js'
import { batchFor, faultsOf, idsOf, write } from './write_kit.js'

async function byJob(ctx: Context, records: ReturnType<typeof deals>): Promise<RecordOutcome[]> {
  const batch = await batchFor(ctx, 'Deals', records, { operation: 'upsert', match: byRef })
  const route = bulkRoute(batch.stream)
  const ticket = await route.submit(ctx, batch)
  for (;;) {
    const progress = await route.collect(ctx, ticket, batch)
    if (progress.state === 'done') return progress.outcomes
    await setTimeout(Math.min(progress.pollAfter, 20))
  }
}

test.group('zoho_crm API versions', () => {
  for (const version of API_VERSIONS) {
    test(`${version} reads, writes, finds and deletes`, async ({ assert, cleanup }) => {
      const { sim, context } = await openOrg(cleanup, { bulkReadDelayMs: 0, bulkReadQueueMs: 0 })
      const { ctx } = context({ apiVersion: version })
      const start = new Date(Date.now() - 60_000).toISOString()
      const made = idsOf(await write(ctx, 'Deals', deals(12)))
      const again = await write(ctx, 'Deals', deals(13), { operation: 'upsert', match: byRef })
      assert.deepEqual(faultsOf(again), [...Array<string>(12).fill('updated'), 'created'])
      const jobbed = await byJob(ctx, deals(14))
      assert.deepEqual(faultsOf(jobbed), [...Array<string>(13).fill('updated'), 'created'])

      const stream = await dealsOf(ctx)
      const expected = idsOf(jobbed)
      assert.includeMembers(expected, made)
      for (const { name } of readRoutes(ctx, stream)) {
        const read = await readWhole(ctx, stream, name, asked({ pageSize: 5 }))
        assert.sameMembers(idsIn(read), expected, name)
      }
      const batch = await batchFor(ctx, 'Deals', deals(1), { operation: 'upsert', match: byRef })
      const found = await lookupRecords(ctx, batch)
      assert.include(JSON.stringify(found), made[0])

      await write(ctx, 'Deals', [{}], { operation: 'delete', ids: [made[0]] })
      const told: string[] = []
      for await (const page of readDeleted(ctx, stream, { since: start, cursor: null })) {
        told.push(...page.deleted.map(({ key }) => key))
      }
      assert.deepEqual(told, [made[0]])
      const endpoints = Object.keys(sim.stats().credits.byEndpoint)
      const called = endpoints.filter((name) => name.includes('/crm/'))
      const versions = called.map((name) => /\/(v[\d.]+)\//.exec(name)?.[1] ?? version)
      assert.deepEqual([...new Set(versions)], [version])
    })
  }
})
