import { test } from '@japa/runner'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { previewService } from '#domain/services/preview_service'
import type { MappingRow } from '#sdk'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 2500
const CUSTOMERS = 977

/** Orders of 977 customers, each an account in Zoho. */
async function givenCustomers(route: string, lookup: MappingRow) {
  const house = await givenShopToZoho({ records: RECORDS, route })
  const accounts: string[] = []
  for (let from = 0; from < CUSTOMERS; from += 100) {
    const names = Array.from({ length: Math.min(100, CUSTOMERS - from) }, (_, at) => from + at)
    const records = names.map((number) => ({ Account_Name: `Customer ${number}` }))
    const made = house.simulator.edit({ module: 'Accounts', operation: 'create', records })
    accounts.push(...made.map(({ details }) => String(details.id)))
  }
  const definition = orderDefinition({ records: RECORDS, route })
  const mapping = [...definition.mapping, lookup]
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, { ...definition, mapping }, { userId: null })
  )
  return { house, accounts, service: await service.refresh() }
}

test.group('The price of references', () => {
  const account = {
    to: 'Account_Name',
    from: 'customer',
    as: 'lookup' as const,
    by: 'Account_Name',
  }
  for (const route of ['upsert', 'bulk_write']) {
    test(`is part of the plan, and is what is spent by ${route}`, async ({ assert }) => {
      const { house, service } = await givenCustomers(route, account)
      await withTestRunners(async (dispatcher) => {
        const { plan, credits, notes } = await previewService(service, 10)
        const references = plan.find(({ way }) => way === 'resolve')
        assert.containSubset(references, { route: 'references', records: CUSTOMERS })
        assert.isAtLeast(references?.credits ?? 0, CUSTOMERS / 50)
        assert.isTrue(notes.some((note) => /refer to costs \d+ credits at least/.test(note)))
        const request = { trigger: 'manual' as const, requestedBy: null }
        const run = await untilOver(await startRun(service, request), dispatcher)
        assert.containSubset(run, { state: 'succeeded', created: RECORDS })
        assert.closeTo(run.creditsSpent, credits, credits * 0.02)
      })
      await house.close()
    }).timeout(60_000)
  }

  test('is none where nothing refers by value', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 5, route: 'upsert' })
    const service = await house.service.refresh()
    const { plan } = await withTestRunners(() => previewService(service, 10))
    assert.deepEqual(
      plan.map(({ way }) => way),
      ['write']
    )
    await house.close()
  }).timeout(60_000)

  test('is looked up before a write: what is linked, and what would be refused', async ({
    assert,
  }) => {
    const { house, accounts, service } = await givenCustomers('upsert', account)
    house.shop.exec("update orders set customer = 'Nobody' where id = 2")
    await withTestRunners(async (dispatcher) => {
      const seen = await previewService(service, 5)
      assert.include(seen.counts, { create: RECORDS - 1, rejected: 1 })
      const [first, second] = seen.records
      assert.containSubset(first.target.Account_Name, { value: 'Customer 1', id: accounts[1] })
      assert.equal(second.outcome, 'rejected')
      assert.isNull(second.hash)
      assert.match(second.faults[0].message, /Accounts has no record with Account_Name 'Nobody'/)
      const said = seen.notes.join(' ')
      assert.match(said, /refer to cost \d+ credits just now/)
      assert.match(said, /2,495 more records refer to was not looked up/)
      const run = await untilOver(
        await startRun(service, { trigger: 'manual', requestedBy: null }),
        dispatcher
      )
      assert.containSubset(run, { state: 'partial', created: RECORDS - 1, rejected: 1 })
    })
    await house.close()
  }).timeout(60_000)
})
