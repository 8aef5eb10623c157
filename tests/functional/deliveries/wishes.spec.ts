import { test } from '@japa/runner'
import PendingChange from '#domain/deliveries/pending_change'
import { applyService } from '#domain/services/apply_service'
import { parseService } from '#domain/services/service_file'
import type { ServiceDefinition } from '#sdk'
import { orderDefinition, givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'
import { followingDefinition, givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { changesOf, heard, turn, webhookRuns } from './desk_turns.js'

const MINUTE = 60_000

const refusal = (work: Promise<unknown>) => work.then(() => '', String)

test.group('What a service wants to run for', () => {
  test('only the changes and fields that it names', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho({ changes: ['updated'], fields: ['Stage'] })
      const now = Date.now()
      const [first, second] = await house.person.create(2)
      await turn(house, now)
      await PendingChange.query().where('serviceId', house.service.id).delete()
      await house.person.create(1)
      await house.person.rename(first, 'Not wanted')
      await house.person.stage(second, 'Closed Won')
      await heard(house, 1)
      await turn(house, now + 3000)
      assert.deepEqual(await changesOf(house, 'waiting'), [second])
      await house.person.remove([first])
      await turn(house, now + 61 * MINUTE)
      assert.deepEqual(await changesOf(house, 'deleted'), [])
      await house.close()
    })
  }).timeout(60_000)

  test('a run that failed leaves its changes waiting for another', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      const ids = await house.person.create(2)
      await heard(house, 1)
      await house.target.close()
      await turn(house, now + 3000)
      await turn(house, now + 11 * MINUTE)
      const [run] = await webhookRuns(house)
      await run.merge({ state: 'failed', activeKey: null, leaseToken: null }).save()
      await turn(house, now + 12 * MINUTE)
      assert.deepEqual(await changesOf(house, 'waiting'), ids.sort())
      assert.lengthOf(await webhookRuns(house), 1)
      await turn(house, now + 14 * MINUTE)
      assert.lengthOf(await webhookRuns(house), 2)
      house.target.close = async () => {}
      await house.close()
    })
  }).timeout(60_000)

  test('a paused service gathers, and runs when it is enabled', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      await house.service.merge({ state: 'paused' }).save()
      await house.person.create(100)
      await heard(house, 1)
      await turn(house, now + 3000)
      await turn(house, now + 20 * MINUTE)
      assert.lengthOf(await webhookRuns(house), 0)
      await house.service.merge({ state: 'enabled' }).save()
      await turn(house, now + 21 * MINUTE)
      assert.lengthOf(await webhookRuns(house), 1)
      await house.close()
    })
  }).timeout(60_000)

  test('what cannot be told is refused when the service is applied', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 1 })
    const apply = (definition: ServiceDefinition) =>
      refusal(withTestRunners(() => applyService(house.tenant, definition, { userId: null })))
    const untold = { ...orderDefinition({ records: 1 }), name: 'untold', trigger: {} }
    assert.match(await apply(untold), /tells nobody of changes.*give the service a schedule/)
    const unknown = followingDefinition({ fields: ['Nope'] })
    unknown.source.connection = 'zoho'
    unknown.target.connection = 'zoho'
    assert.match(await apply(unknown), /trigger\.fields: .* has no field "Nope"/)
    const wrong = { ...untold, trigger: { after: 0, changes: ['renamed'], soon: true } }
    const said = await refusal(parseService(wrong, 'wrong.yaml'))
    assert.match(said, /trigger\.soon is not known here/)
    assert.match(said, /trigger\.after/)
    await house.close()
  }).timeout(60_000)
})
