import { test } from '@japa/runner'
import { followRun } from '#commands/follow_run'
import { withRunners } from '#commands/with_runners'
import { Refusal } from '#domain/refusal'
import ServerProcess from '#domain/runs/server_process'
import { startRun } from '#domain/runs/start_run'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'

const MANUAL = { trigger: 'manual', requestedBy: null } as const

test.group('A command that follows a run', () => {
  test('takes it over when the server dies', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 20 })
    const server = await ServerProcess.register()
    const seen = new Set<string>()
    const run = await withRunners(async (occasion) => {
      assert.isTrue(occasion.serverWorks)
      return followRun(await startRun(house.service, MANUAL), occasion, ({ state }) => {
        seen.add(state)
        if (!server.$isDeleted) void server.delete()
      })
    })
    assert.isTrue(seen.has('queued'), 'it was left to the server at first')
    assert.equal(run.state, 'succeeded')
    assert.equal(house.simulator.stats().modules.Deals?.records, 20)
    await house.close()
  })

  test('says so when the server dies and nobody else may work it', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const run = await givenRun(service, { state: 'queued', startedAt: null, finishedAt: null })
    const error = await followRun(run, null).catch((thrown: unknown) => thrown)
    assert.instanceOf(error, Refusal)
    assert.match(String(error), /server that worked run .+ has ended/)
    await run.delete()
  })
})
