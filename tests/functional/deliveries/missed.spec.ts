import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import { DeliveryDesk } from '#domain/deliveries/delivery_desk'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { baseUrl } from '#tests/support/base_url'
import { Gate } from '#tests/support/gate'
import { Person } from '#tests/support/person'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoToZoho } from '#tests/support/zoho_to_zoho'
import { changesOf, turn, webhookRuns } from './desk_turns.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.group('Missed notifications', () => {
  test('forty days pass without a gap in the channel', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho({ changes: ['updated'] })
      await house.service.merge({ state: 'paused' }).save()
      const [id] = await house.person.create(1)
      let now = Date.now()
      await turn(house, now)
      for (let step = 1; step <= 160; step += 1) {
        house.source.advance((6 * HOUR) / 1000)
        now += 6 * HOUR
        await house.person.rename(id, `Step ${step}`)
        await house.desk.turn(now)
        await house.desk.settled()
      }
      const { suppressed, sent, waiting } = await told(house.source.url)
      assert.deepEqual([suppressed.expired, suppressed.dropped], [0, 0])
      assert.equal(sent + waiting, 160)
      const channel = await house.channel()
      assert.equal(channel.state, 'open')
      assert.isAbove(channel.grantedUntil?.toMillis() ?? 0, now)
      await house.close()
    })
  }).timeout(240_000)

  test('a vendor that grants an hour only is asked again in time', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho({}, { channelMostSeconds: 3600 })
      await house.service.merge({ state: 'paused' }).save()
      let now = Date.now()
      await turn(house, now)
      for (let step = 0; step < 50; step += 1) {
        house.source.advance((29 * MINUTE) / 1000)
        now += 29 * MINUTE
        await house.person.create(1)
        await house.desk.turn(now)
        await house.desk.settled()
      }
      const { suppressed } = await told(house.source.url)
      assert.equal(suppressed.expired, 0)
      const channel = await house.channel()
      const granted = channel.grantedUntil?.toMillis() ?? 0
      assert.isAbove((channel.wantedUntil?.toMillis() ?? 0) - granted, 6 * DAY)
      await house.close()
    })
  }).timeout(120_000)

  test('what changed while nobody listened for six hours is brought over', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const gate = new Gate(baseUrl())
      await gate.open()
      const house = await givenZohoToZoho()
      crossdock.publicUrl = gate.url
      const before = await house.person.create(30, 'Old')
      let now = Date.now()
      await turn(house, now)
      const atFirst = await house.channel()
      await gate.shut()
      const made = await house.person.create(120, 'New')
      house.source.advance((3 * HOUR) / 1000)
      for (const id of before.slice(0, 20)) await house.person.rename(id, `Renamed ${id}`)
      await house.person.remove(before.slice(20, 25))
      house.source.advance((3 * HOUR) / 1000)
      now += 6 * HOUR
      await gate.open()
      house.desk = new DeliveryDesk()
      await house.desk.open(now)
      await turn(house, now)
      const expected = [...made, ...before.slice(0, 20)].sort()
      assert.deepEqual(await changesOf(house, 'waiting'), expected)
      assert.deepEqual(await changesOf(house, 'deleted'), before.slice(20, 25).sort())
      const { foundBySweep, deletions } = await house.channel()
      assert.deepEqual([foundBySweep - atFirst.foundBySweep, deletions], [140, 5])
      for (let round = 1; round <= 3; round += 1) {
        await turn(house, now + round * 15 * MINUTE)
        for (const run of await webhookRuns(house)) {
          await untilOver(run, dispatcher)
          assert.equal(run.state, 'succeeded')
        }
      }
      const other = await Person.signedInTo(house.target)
      const arrived = await other.names('Order_Ref')
      const source = await house.person.names()
      for (const id of expected) assert.equal(arrived.get(id), source.get(id))
      await turn(house, now + HOUR + MINUTE)
      assert.lengthOf(await changesOf(house, 'waiting'), 0)
      await gate.shut()
      await house.close()
    })
  }).timeout(120_000)

  test('a server that was away for ten minutes looks when it starts', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      const now = Date.now()
      await turn(house, now)
      house.source.faults([{ kind: 'notify_drop', match: {} }])
      const made = await house.person.create(3)
      house.source.advance((10 * MINUTE) / 1000)
      house.desk = new DeliveryDesk()
      await house.desk.open(now + 10 * MINUTE)
      await turn(house, now + 10 * MINUTE)
      assert.deepEqual(await changesOf(house, 'waiting'), made.toSorted())
      await house.close()
    })
  }).timeout(60_000)

  test('a mass deletion is not fetched again for ever', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho()
      crossdock.publicUrl = null
      let now = Date.now()
      const later = async (milliseconds: number) => {
        house.source.advance(milliseconds / 1000)
        now += milliseconds
        const before = deletedPages(house.source)
        await turn(house, now)
        return deletedPages(house.source) - before
      }
      const ids = await house.person.create(250)
      await turn(house, now)
      for (let from = 0; from < 250; from += 100)
        await house.person.remove(ids.slice(from, from + 100))
      assert.equal(await later(HOUR), 2)
      assert.isAbove(await later(HOUR), 0)
      await house.person.create(1)
      await later(HOUR)
      assert.equal(await later(HOUR), 1)
      const [late] = await house.person.create(1)
      await house.person.remove([late])
      await later(HOUR)
      assert.sameMembers(await changesOf(house, 'deleted'), [...ids, late])
      assert.containSubset(await house.channel(), { deletions: 251 })
      crossdock.publicUrl = baseUrl()
      await house.close()
    })
  }).timeout(60_000)

  test('without an address of ours, looking finds what nobody could tell', async ({ assert }) => {
    await withTestRunners(async () => {
      const house = await givenZohoToZoho({ after: 5 })
      crossdock.publicUrl = null
      const now = Date.now()
      await turn(house, now)
      const channel = await house.channel()
      assert.equal(channel.state, 'polling')
      assert.match(channel.fault ?? '', /PUBLIC_URL/)
      const ids = await house.person.create(2)
      await turn(house, now + 6 * MINUTE)
      assert.deepEqual(await changesOf(house, 'waiting'), ids.sort())
      crossdock.publicUrl = baseUrl()
      await turn(house, now + 20 * MINUTE)
      assert.containSubset(await house.channel(), { state: 'open' })
      await house.close()
    })
  }).timeout(60_000)
})

function deletedPages({ stats }: ZohoSimulator): number {
  const calls = Object.entries(stats().credits.byEndpoint)
  const own = calls.filter(([name]) => name.endsWith('/deleted'))
  return own.reduce((sum, [, each]) => sum + each.calls, 0)
}

interface Told {
  sent: number
  waiting: number
  suppressed: { expired: number; dropped: number }
}

async function told(url: string): Promise<Told> {
  const reply = await fetch(`${url}/__simulator/notifications`)
  const answer: unknown = await reply.json()
  return Object(answer)
}
