import { test } from '@japa/runner'
import type { Follower } from '#domain/deliveries/followers'
import PendingChange from '#domain/deliveries/pending_change'
import type { PendingState } from '#domain/deliveries/pending_change'
import { recordChanges } from '#domain/deliveries/record_changes'
import type { Sighting } from '#domain/deliveries/sighting'
import { givenService, givenTenant } from '#tests/support/app'
import { givenChannel } from '#tests/support/given_channel'

const MINUTE = 60_000

async function given(wish: Partial<Follower> = {}) {
  const service = await givenService(await givenTenant())
  const channel = await givenChannel(service)
  const follower: Follower = {
    ...{ serviceId: service.id, tenantId: service.tenantId, state: 'enabled' },
    ...{ connectionId: channel.connectionId, name: service.name, stream: channel.stream },
    ...{ changes: ['created', 'updated'], fields: [], atRecords: 100, after: 10 * MINUTE },
    ...wish,
  }
  const change = () => PendingChange.findByOrFail('serviceId', service.id)
  return {
    async tell(now: number) {
      const sightings = [{ key: '71', change: 'updated' as const, at: null }]
      await recordChanges(channel, [follower], sightings, { origin: 'notice', now })
      return change()
    },
    async notedOf(...sightings: Array<Omit<Sighting, 'at'>>) {
      const timed = sightings.map((each) => ({ ...each, at: null }))
      await recordChanges(channel, [follower], timed, { origin: 'notice', now: Date.now() })
      const rows = await PendingChange.query().where('serviceId', service.id)
      return rows.map(({ sourceKey }) => sourceKey).sort()
    },
    async leave(state: PendingState) {
      const row = await change()
      await row.merge({ state }).save()
    },
  }
}

test.group('That a record changed', () => {
  test('is counted since it was dealt with, a change of our own just now included', async ({
    assert,
  }) => {
    const { tell, leave } = await given()
    const timesAt = async (now: number) => {
      const { times, state } = await tell(now)
      assert.equal(state, 'waiting')
      return times
    }
    let now = Date.now()
    assert.equal(await timesAt(now), 1)
    assert.equal(await timesAt((now += 1000)), 2)
    await leave('done')
    assert.equal(await timesAt((now += 1000)), 1)
    await leave('echo')
    assert.equal(await timesAt((now += MINUTE / 2)), 2, 'somebody else changed it as well')
    await leave('echo')
    assert.equal(await timesAt((now += 15 * MINUTE)), 1, 'the next write of our own')
  })

  test('or not at all, is for each service to say of a channel that it shares', async ({
    assert,
  }) => {
    const { notedOf } = await given({ changes: ['updated'], fields: ['Stage', 'Amount'] })
    const noted = await notedOf(
      { key: '71', change: 'updated', fields: ['Deal_Name'] },
      { key: '72', change: 'updated', fields: ['Deal_Name', 'Amount'] },
      { key: '73', change: 'updated' },
      { key: '74', change: 'created' }
    )
    assert.deepEqual(noted, ['72', '73'], 'where nobody tells what changed, all may have')
  })
})
