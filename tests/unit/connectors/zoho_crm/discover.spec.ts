import { test } from '@japa/runner'
import connector from '../../../../plugins/connectors/zoho_crm/connector.js'
import { editionLimits } from '../../../../plugins/connectors/zoho_crm/edition_limits.js'
import { openOrg } from './open_org.js'

test.group('zoho_crm discover and check', () => {
  test('lists the modules that the API serves', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const streams = (await connector.discover?.list(ctx)) ?? []
    assert.includeMembers(
      streams.map(({ name }) => name),
      ['Deals', 'Contacts', 'Accounts']
    )
  })

  test('describes fields as Zoho states them', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const stream = await connector.discover?.describe(ctx, 'Deals')
    const field = (name: string) => stream?.fields.find((each) => each.name === name)
    assert.deepEqual(stream?.key, ['id'])
    assert.deepEqual(stream?.cursors, ['Modified_Time', 'Created_Time'])
    assert.containSubset(field('Deal_Name'), { type: 'text', maxLength: 120, mandatory: true })
    assert.containSubset(field('Stage'), { type: 'picklist', mandatory: true })
    assert.include(field('Stage')?.values ?? [], 'Closed Won')
    assert.isUndefined(field('Stage')?.closed)
    assert.containSubset(field('Amount'), { type: 'decimal', asNumber: true, maxScale: 9 })
    assert.containSubset(field('Order_Ref'), { unique: true, custom: true })
    assert.containSubset(field('Account_Name'), { type: 'lookup', lookup: 'Accounts' })
    assert.containSubset(field('Expected_Revenue'), { readOnly: true })
    assert.containSubset(field('Item_Count'), { type: 'integer', maxDigits: 9 })
  })

  test('an unknown module is answered with the near one', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const error = await connector.discover
      ?.describe(ctx, 'deals')
      .catch((thrown: unknown) => thrown)
    assert.containSubset(error, { kind: 'config' })
    assert.match(String(error), /Did you mean "Deals"/)
  })

  test('names the org and its limits', async ({ assert, cleanup }) => {
    const { ctx, sim } = await openOrg(cleanup, { edition: 'professional' })
    const result = await connector.check(ctx)
    assert.containSubset(result, {
      ok: true,
      identity: sim.zgid,
      limits: { concurrency: 15, lanes: { heavy: 10 } },
    })
  })

  test('each edition has its calls at once, and credits by users up to a cap', ({ assert }) => {
    const of = (edition: string | undefined, users: number) => {
      const { concurrency, lanes, dailyCredits } = editionLimits(edition, users)
      assert.deepEqual(lanes, { heavy: 10 })
      return [concurrency, dailyCredits]
    }
    assert.deepEqual(of('free', 3), [5, 5_000])
    assert.deepEqual(of('Standard', 10), [10, 52_500])
    assert.deepEqual(of('Standard', 1_000), [10, 100_000])
    assert.deepEqual(of('Professional', 10), [15, 55_000])
    assert.deepEqual(of('Professional', 100_000), [15, 3_000_000])
    assert.deepEqual(of('Enterprise', 50), [20, 100_000])
    assert.deepEqual(of('Zoho One', 100_000), [20, 5_000_000])
    assert.deepEqual(of('Ultimate', 10_000), [25, 20_050_000])
    assert.deepEqual(of('CRM Plus', 1), [25, 52_000])
    assert.deepEqual(of(undefined, 9), of('free', 9), 'the least where it is not known')
  })

  test('another org than the pinned one is refused', async ({ assert, cleanup }) => {
    const { context } = await openOrg(cleanup)
    const result = await connector.check(context({ orgId: '1' }).ctx)
    assert.containSubset(result, { ok: false, field: 'orgId' })
  })

  test('offers only what a module supports', async ({ assert, cleanup }) => {
    const { ctx } = await openOrg(cleanup)
    const names = async (module: string) => {
      const stream = await connector.discover?.describe(ctx, module)
      return stream ? connector.discover?.routes?.(stream).map(({ name }) => name) : []
    }
    assert.deepEqual(await names('Deals'), [
      ...['insert', 'update', 'update_with_files', 'delete'],
      ...['upsert', 'upsert_with_files', 'bulk_write'],
    ])
    assert.deepEqual(await names('Tasks'), [
      ...['insert', 'update', 'update_with_files', 'delete', 'bulk_write'],
    ])
    assert.deepEqual(await names('Events'), ['insert', 'update', 'update_with_files', 'delete'])
  })
})
