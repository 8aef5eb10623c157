import { test } from '@japa/runner'
import { startRun } from '#domain/runs/start_run'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import { scopes } from '../../../plugins/connectors/zoho_crm/scopes.js'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const writing: ScopeWish = { use: 'write', streams: ['Deals'] }
const bulk: ScopeWish = { use: 'bulk', streams: ['Deals'] }

async function runWith(wishes: ScopeWish[], route: string) {
  const refreshTokenScope = wantedScopes(scopes, wishes).join(',')
  const house = await givenShopToZoho({ records: 120, route, simulator: { refreshTokenScope } })
  const run = await withTestRunners(async (dispatcher) =>
    untilOver(await startRun(house.service, { trigger: 'manual', requestedBy: null }), dispatcher)
  )
  await house.close()
  return run
}

test.group('The scopes that a service is said to need', () => {
  test('are enough for it: {route}')
    .with([
      { route: 'upsert', wishes: [writing] },
      { route: 'bulk_write', wishes: [writing, bulk] },
    ])
    .run(async ({ assert }, { route, wishes }) => {
      const run = await runWith(wishes, route)
      assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
      assert.equal(run.created, 120)
    })

  test('are all needed: without those of bulk jobs none is sent', async ({ assert }) => {
    const run = await runWith([writing], 'bulk_write')
    assert.equal(run.state, 'failed')
    assert.match(run.errorMessage ?? '', /lacks a scope/)
  })
})
