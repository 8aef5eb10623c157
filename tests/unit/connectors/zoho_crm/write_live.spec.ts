import { test } from '@japa/runner'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { deal, dealBatch, deals } from './deal_batch.js'
import { openOrg } from './open_org.js'
import { callRoute } from './route_of.js'

test.group('zoho_crm writes the simulator', () => {
  test('inserts, and tells which record is a double', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const insert = callRoute('insert')
    const [first] = await insert.send(ctx, dealBatch([deal(1)], { operation: 'insert' }))
    const outcomes = await insert.send(ctx, dealBatch([deal(2), deal(1)], { operation: 'insert' }))
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['created', 'rejected']
    )
    assert.containSubset(outcomes[1], { code: 'DUPLICATE_DATA', field: 'Order_Ref' })
    assert.include(
      'message' in outcomes[1] ? outcomes[1].message : '',
      String(Reflect.get(first, 'id'))
    )
  })

  test('updates by id, and says which id is gone', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const created = await callRoute('upsert').send(ctx, dealBatch(deals(2)))
    const ids = created.map((outcome) => ('id' in outcome ? outcome.id : null))
    const batch = dealBatch(
      [{ Stage: 'Closed Won' }, { Stage: 'Closed Lost' }, { Stage: 'Closed Won' }],
      { operation: 'update', match: { by: 'id' }, ids: [ids[0], ids[1], '5000000000000999999'] }
    )
    const outcomes = await callRoute('update').send(ctx, batch)
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['updated', 'updated', 'rejected']
    )
    assert.equal(sim.stats().modules.Deals.updates, 2)
  })

  test('times with Z and fractions arrive', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const text = 'said "Ordered_At":"2026-11-20T09:30:00.5Z" to me'
    const record = deal(1, { Ordered_At: '2026-11-20T09:30:00.5Z', Shipping_City: text })
    const outcomes = await callRoute('upsert').send(ctx, dealBatch([record]))
    assert.equal(outcomes[0].state, 'created')
    const stored = JSON.stringify(sim.ledger({ records: true }))
    assert.include(stored, '2026-11-20T15:00:00+05:30')
    assert.include(stored, JSON.stringify(text).slice(1, -1))
  })

  test('an insert whose reply was lost is found again', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    const batch = dealBatch(deals(60, { Amount: 5, Closing_Date: '2026-11-20' }), {
      operation: 'insert',
    })
    sim.faults([{ kind: 'drop_after', match: { path: '/Deals', times: 1 } }])
    const error = await callRoute('insert')
      .send(ctx, batch)
      .catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'transient', delivered: 'unknown' })
    const byField = await connector.discover?.lookup?.(ctx, batch)
    const byValues = await connector.discover?.lookup?.(ctx, { ...batch, match: { by: 'id' } })
    assert.lengthOf(byField?.found ?? [], 60)
    assert.isTrue(byField?.certain)
    assert.sameDeepMembers(byValues?.found ?? [], byField?.found ?? [])
    assert.isTrue(byValues?.certain)
  })

  test('what was never delivered is certainly missing', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const batch = dealBatch([deal(1, { Order_Ref: String.raw`O'Neill \ (a,b)` })])
    const before = await connector.discover?.lookup?.(ctx, batch)
    assert.deepEqual(before, { found: [], certain: true })
    await callRoute('upsert').send(ctx, batch)
    const after = await connector.discover?.lookup?.(ctx, batch)
    assert.lengthOf(after?.found ?? [], 1)
  })

  test('a token that expired is renewed unnoticed', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup)
    await callRoute('upsert').send(ctx, dealBatch([deal(1)]))
    sim.advance(3700)
    const outcomes = await callRoute('upsert').send(ctx, dealBatch([deal(1)]))
    assert.equal(outcomes[0].state, 'updated')
  })
})
