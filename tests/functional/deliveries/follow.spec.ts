import { test } from '@japa/runner'
import Delivery from '#domain/deliveries/delivery'
import PendingChange from '#domain/deliveries/pending_change'
import Run from '#domain/runs/run'
import { Person } from '#tests/support/person'
import { until } from '#tests/support/until'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import type { ZohoToZoho } from '#tests/support/zoho_to_zoho'

const MINUTE = 60_000

/** Turns of the desk at a moment, with all that goes on beside them. */
async function turn({ desk }: ZohoToZoho, now: number): Promise<void> {
  await desk.turn(now)
  await desk.settled()
  await desk.turn(now)
  await desk.settled()
}

const heard = ({ tenant }: ZohoToZoho, count: number) =>
  until(`${count} deliveries`, async () => {
    const rows = await Delivery.query().where('tenantId', tenant.id)
    return rows.length >= count && rows
  })

const webhookRuns = ({ service }: ZohoToZoho) =>
  Run.query().where('serviceId', service.id).where('trigger', 'webhook').orderBy('queuedAt')

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
      const waiting = await PendingChange.query().where('serviceId', house.service.id)
      assert.lengthOf(waiting, 3)
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
      const states = await PendingChange.query().where('serviceId', house.service.id)
      assert.deepEqual(new Set(states.map(({ state }) => state)), new Set(['done']))
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
