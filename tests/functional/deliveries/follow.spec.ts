import { test } from '@japa/runner'
import { Person } from '#tests/support/person'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { changesOf, heard, turn, webhookRuns } from './desk_turns.js'

const MINUTE = 60_000

test.group('Notifications', () => {
  test('a changed record is told, gathered for ten minutes, and brought over', async ({
    assert,
  }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      const channel = await house.channel()
      assert.equal(channel.state, 'open', channel.fault ?? '')
      const [id] = await house.person.create(3)
      await house.person.rename(id, 'Renamed')
      await heard(house, 2)
      await turn(house, now + 3000)
      assert.lengthOf(await changesOf(house, 'waiting'), 3)
      assert.lengthOf(await webhookRuns(house), 0)
      await turn(house, now + 11 * MINUTE)
      const [run] = await webhookRuns(house)
      assert.lengthOf(run.onlyKeys ?? [], 3)
      await untilOver(run, dispatcher)
      assert.containSubset(run, { state: 'succeeded', created: 3 })
      const other = await Person.signedInTo(house.target)
      const names = await other.names('Order_Ref')
      assert.equal(names.get(id), 'Renamed')
      await turn(house, now + 12 * MINUTE)
      assert.lengthOf(await changesOf(house, 'done'), 3)
      await house.close()
    })
  }).timeout(60_000)

  test('a hundred changed records do not wait', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      await house.person.create(100)
      await heard(house, 1)
      await turn(house, now + 10_000)
      await turn(house, now + 20_000)
      const [run] = await webhookRuns(house)
      await untilOver(run, dispatcher)
      assert.containSubset(run, { state: 'succeeded', created: 100 })
      await house.close()
    })
  }).timeout(60_000)
})
