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
  for (let from = 0; from < CUSTOMERS; from += 100) {
    const names = Array.from({ length: Math.min(100, CUSTOMERS - from) }, (_, at) => from + at)
    const records = names.map((number) => ({ Account_Name: `Customer ${number}` }))
    house.simulator.edit({ module: 'Accounts', operation: 'create', records })
  }
  const definition = orderDefinition({ records: RECORDS, route })
  const mapping = [...definition.mapping, lookup]
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, { ...definition, mapping }, { userId: null })
  )
  return { house, service: await service.refresh() }
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
})
