import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { startChanges } from '#domain/deliveries/start_changes'
import Run from '#domain/runs/run'
import Revision from '#domain/services/revision'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenChange, givenChannel } from '#tests/support/given_channel'

const HOUR = 3_600_000

test.group('Changes while a run of them waits for a yes', (group) => {
  group.each.setup(async () => {
    await db.from('pending_changes').delete()
  })

  test('are gathered, and start no second run', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const revision = await Revision.findByOrFail('serviceId', service.id)
    const { schedule, ...definition } = revision.definition
    await revision.merge({ definition: { ...definition, trigger: {} } }).save()
    const channel = await givenChannel(service, { stream: definition.source.stream })
    await givenChange(channel, service)
    const waiting = { startedAt: null, finishedAt: null, trigger: 'webhook' as const }
    const held = await givenRun(service, { ...waiting, state: 'held', onlyKeys: ['1'] })
    assert.equal(await startChanges(Date.now() + HOUR), 0)
    await held.merge({ state: 'cancelled' }).save()
    assert.equal(await startChanges(Date.now() + HOUR), 1)
    const runs = await Run.query().where('serviceId', service.id).where('state', 'queued')
    assert.lengthOf(runs, 1)
  })
})
