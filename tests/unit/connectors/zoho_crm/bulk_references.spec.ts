import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Context, WriteBatch } from '#sdk'
import { readTicket } from '../../../../plugins/connectors/zoho_crm/bulk/ticket.js'
import { byRef, deal } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { bulkRoute } from './route_of.js'
import { batchFor, faultsOf, idsOf, show, write } from './write_kit.js'

async function finish(ctx: Context, batch: WriteBatch) {
  const route = bulkRoute(batch.stream)
  const ticket = JSON.parse(JSON.stringify(await route.submit(ctx, batch)))
  for (;;) {
    const progress = await route.collect(ctx, ticket, batch)
    if (progress.state === 'done')
      return { ticket: readTicket(ticket), outcomes: progress.outcomes }
    await setTimeout(Math.min(progress.pollAfter, 20))
  }
}

const byName = (value: string) => ({ by: 'Account_Name', value })
const upsert = { operation: 'upsert' as const, match: byRef }

test.group('zoho_crm bulk references', () => {
  test('turns references into ids, and leaves out what points nowhere', async ({
    assert,
    cleanup,
  }) => {
    const { ctx } = await openOrg(cleanup)
    const [acme] = idsOf(await write(ctx, 'Accounts', [{ Account_Name: 'Acme' }]))
    const records = [
      deal(1, { Account_Name: byName('ACME') }),
      deal(2, { Account_Name: byName('Nobody') }),
      deal(3, { Account_Name: null }),
    ]
    const { outcomes, ticket } = await finish(ctx, await batchFor(ctx, 'Deals', records, upsert))
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND', 'created'])
    assert.lengthOf(ticket.refused, 1)
    const [id] = idsOf(outcomes)
    const shown = await show(ctx, 'Deals', id)
    assert.containSubset(shown.Account_Name, { id: acme })
  })

  test('a unique field is left to Zoho, column by column', async ({ assert, cleanup }) => {
    const { ctx, context } = await openOrg(cleanup)
    const [first] = idsOf(await write(ctx, 'Deals', [deal(1)]))
    const writer = context()
    const records = ['R-1', 'R-9'].map((value, at) => ({
      Name: `Item ${at}`,
      SKU: `S-${at}`,
      Deal: { by: 'Order_Ref', value },
    }))
    const match = { by: 'fields' as const, fields: ['SKU'] }
    const batch = await batchFor(writer.ctx, 'Shop_Items', records, { operation: 'upsert', match })
    const { outcomes, ticket } = await finish(writer.ctx, batch)
    assert.deepEqual(ticket.findBys, { Deal: 'Order_Ref' })
    assert.deepEqual(faultsOf(outcomes), ['created', 'LOOKUP_NOT_FOUND'])
    const shown = await show(ctx, 'Shop_Items', idsOf(outcomes)[0])
    assert.containSubset(shown.Deal, { id: first })
    const queries = writer.meter.calls.filter(({ url }) => url.endsWith('/coql'))
    assert.lengthOf(queries, 0)
  })

  test('nothing fit to be sent makes no job', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const before = sim.stats().credits.used
    const records = [deal(1, { Account_Name: byName('Nobody') })]
    const batch = await batchFor(ctx, 'Deals', records, upsert)
    const { outcomes, ticket } = await finish(ctx, batch)
    assert.isNull(ticket.job)
    assert.deepEqual(faultsOf(outcomes), ['LOOKUP_NOT_FOUND'])
    assert.isBelow(sim.stats().credits.used - before, 10)
  })

  test('two records with one unique value do not become one', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const records = [1, 2].map((at) => ({ Name: `Item ${at}`, SKU: `S-${at}`, Barcode: 'B' }))
    const match = { by: 'fields' as const, fields: ['SKU'] }
    const batch = await batchFor(ctx, 'Shop_Items', records, { operation: 'upsert', match })
    const { outcomes } = await finish(ctx, batch)
    assert.deepEqual(faultsOf(outcomes), ['created', 'DUPLICATE_IN_BATCH'])
    const called = await write(ctx, 'Shop_Items', records, { operation: 'upsert', match })
    assert.deepEqual(faultsOf(called), ['updated', 'DUPLICATE_IN_BATCH'])
    assert.equal(sim.stats().modules.Shop_Items.records, 1)
  })
})
