import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { noCounters } from '#engine/counters'
import { archive } from '#domain/runs/archive'
import DeadLetter from '#domain/runs/dead_letter'
import { finishRun } from '#domain/runs/finish_run'
import { claimRun } from '#domain/runs/lease'
import { claimNext } from '#domain/runs/next_run'
import { ledgerPort } from '#domain/runs/run_ledger'
import { startRun } from '#domain/runs/start_run'
import { changeState } from '#domain/services/change_state'
import { givenDeadLetter, givenRun, givenService, givenTenant } from '#tests/support/app'
import { packLinks } from '#workers/wire_links'

const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null, attempts: 0 }
const report = {
  counters: noCounters(),
  credits: { planned: 0, spent: 0 },
  batches: [],
  timings: { read: 0, map: 0, match: 0, send: 0, settle: 0 },
  cursor: null,
}

test.group('Whose turn it is', (group) => {
  group.each.setup(async () => {
    await db.from('runs').delete()
  })

  test('a tenant that queued a hundred runs does not keep another waiting', async ({ assert }) => {
    const crowd = await givenService(await givenTenant('Crowd'))
    for (let run = 0; run < 120; run += 1) await givenRun(crowd, waiting)
    const lone = await givenService(await givenTenant('Lone'))
    const wanted = await givenRun(lone, waiting)

    const first = await claimNext(() => true)
    assert.equal(first?.run.serviceId, crowd.id, 'the oldest begins')
    const second = await claimNext(() => true)
    assert.equal(second?.run.id, wanted.id)
    assert.isNull(await claimNext(() => true), 'a service has one run at a time')
  })

  test('a run that has not begun waits while its service is paused', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const later = await givenRun(service, { ...waiting, trigger: 'schedule' })
    await changeState(service, 'paused', { userId: null, reason: 'it writes nonsense' })
    assert.isNull(await claimNext(() => true))
    const begun = await givenRun(service, { ...waiting, startedAt: later.queuedAt })
    const first = await claimNext(() => true)
    assert.equal(first?.run.id, begun.id, 'what was interrupted goes on to its end')
    await begun.merge({ state: 'succeeded', activeKey: null }).save()
    await changeState(service, 'enabled', { userId: null })
    const second = await claimNext(() => true)
    assert.equal(second?.run.id, later.id)
  })

  test('what waits of a service that goes to the archive is cancelled', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const [run, held] = [
      await givenRun(service, waiting),
      await givenRun(service, { ...waiting, state: 'held' }),
    ]
    await archive(service, null)
    await Promise.all([run.refresh(), held.refresh(), service.refresh()])
    assert.deepEqual([service.state, run.state, held.state], ['archived', 'cancelled', 'cancelled'])
  })

  test('a run by hand does not land on a replay', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const replay = await givenRun(service, { ...waiting, trigger: 'replay', onlyKeys: ['1'] })
    const run = await startRun(service, { trigger: 'manual', requestedBy: null })
    assert.notEqual(run.id, replay.id)
    const again = await startRun(service, { trigger: 'manual', requestedBy: null })
    assert.equal(again.id, run.id, 'a double click is one run')
  })
})

test.group('What a ledger keeps apart', () => {
  test('keys that differ in case or in a space at the end', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const run = await givenRun(service, waiting)
    const lease = await claimRun(await run.refresh())
    if (lease === null) throw new Error('The run could not be claimed')
    const keys = ['A1', 'A1 ', 'a1', 'Ä1', 'A1\u0000']
    await ledgerPort.settle(lease, {
      counters: { ...noCounters(), created: keys.length },
      links: packLinks({
        keys,
        matches: keys.map(() => null),
        targetIds: keys.map((_, index) => `t${index}`),
        hashes: keys.map(() => 'h'),
        states: keys.map(() => 'sent' as const),
      }),
      faults: [],
      healed: [],
      batches: [],
    })
    const found = await ledgerPort.match(
      lease,
      keys,
      keys.map(() => null)
    )
    assert.deepEqual(
      found.map(({ link }) => link?.targetId),
      ['t0', 't1', 't2', 't3', 't4']
    )
  })

  test('a dead letter whose record has left the source is closed by its replay', async ({
    assert,
  }) => {
    const service = await givenService(await givenTenant())
    const failed = await givenRun(service)
    const gone = await givenDeadLetter(failed)
    const other = await givenDeadLetter(failed)
    const replay = await givenRun(service, { ...waiting, onlyKeys: [gone.sourceKey] })
    const lease = await claimRun(await replay.refresh())
    if (lease === null) throw new Error('The run could not be claimed')
    await finishRun(lease, report)
    const open = await DeadLetter.query().where('serviceId', service.id).whereNull('resolvedAt')
    assert.deepEqual(
      open.map(({ id }) => id),
      [other.id]
    )
  })
})
