import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import db from '@adonisjs/lucid/services/db'
import { LeaseLost } from '#engine/ledger'
import { noCounters, recordsRead } from '#engine/counters'
import { claimRun, giveBack, MOST_TRIES } from '#domain/runs/lease'
import { reapExpired } from '#domain/runs/reaper'
import Run from '#domain/runs/run'
import { ledgerPort } from '#domain/runs/run_ledger'
import { serviceNumber } from '#domain/runs/service_number'
import { queueRun } from '#domain/runs/start_run'
import type Service from '#domain/services/service'
import { givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenSleeper, SLEEPER_RECORDS } from '#tests/support/sleeper'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import type { WireSettlement } from '#workers/messages'
import { packLinks } from '#workers/wire_links'

const settlement = (created: number): WireSettlement => ({
  cursor: created,
  counters: { ...noCounters(), created },
  links: packLinks({
    ...{ keys: ['1'], matches: ['m'], targetIds: ['t'] },
    ...{ hashes: ['h'], states: ['sent'] },
  }),
  faults: [],
  healed: [],
  batches: [],
})

const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null }

async function givenWaitingRun(of?: Service) {
  const run = await givenRun(of ?? (await givenService(await givenTenant())), waiting)
  return run.refresh()
}

test.group('A lease', () => {
  test('is taken by exactly one of many', async ({ assert }) => {
    const run = await givenWaitingRun()
    const leases = await Promise.all(Array.from({ length: 8 }, () => claimRun(run)))
    assert.lengthOf(
      leases.filter((lease) => lease !== null),
      1
    )
  })

  test('is given to one run of a service at a time', async ({ assert }) => {
    const service = await givenService(await givenTenant())
    const [first, second] = [await givenWaitingRun(service), await givenWaitingRun(service)]
    assert.isNotNull(await claimRun(first))
    assert.isNull(await claimRun(second))
  })

  test('that was taken over settles nothing more', async ({ assert }) => {
    const run = await givenWaitingRun()
    const stale = await claimRun(run)
    if (stale === null) throw new Error('The run could not be claimed')
    await ledgerPort.settle(stale, settlement(3))
    await giveBack(run.id, stale.token, 'test', 'thread')
    const fresh = await claimRun(await run.refresh())
    if (fresh === null) throw new Error('The run could not be claimed again')

    await assert.rejects(() => ledgerPort.settle(stale, settlement(5)), LeaseLost)
    await ledgerPort.settle(fresh, settlement(7))
    await run.refresh()
    assert.equal(run.created, 10)
    assert.equal(run.cursor, 7)
  })

  test('counts its tries anew with each settlement, which adds what was sent ahead of its cursor', async ({
    assert,
  }) => {
    const run = await givenWaitingRun()
    const lease = await claimRun(run)
    if (lease === null) throw new Error('The run could not be claimed')
    await run.refresh()
    assert.equal(run.attempts, 1)
    const linksAlone = { ...settlement(0), cursor: undefined }
    await ledgerPort.settle(lease, { ...linksAlone, ahead: 2 })
    await ledgerPort.settle(lease, { ...linksAlone, ahead: 3 })
    await run.refresh()
    assert.deepEqual([run.attempts, run.changesAhead, run.cursor], [0, 5, null])
    const { ahead } = await ledgerPort.open(lease)
    assert.equal(ahead, 5)
  })

  test('a settlement is whole or not at all', async ({ assert }) => {
    const run = await givenWaitingRun()
    const lease = await claimRun(run)
    if (lease === null) throw new Error('The run could not be claimed')
    const broken = settlement(4)
    broken.faults = [
      {
        ...{ key: '9', state: 'rejected', code: 'C'.repeat(10), message: 'm', field: null },
        ...{ value: null, payload: null as unknown as string },
      },
    ]
    await assert.rejects(() => ledgerPort.settle(lease, broken))
    await run.refresh()
    assert.equal(run.created, 0)
    assert.isNull(run.cursor)
    const service = await serviceNumber(run.serviceId)
    assert.lengthOf(await db.from('record_links').where('service_number', service), 0)
  })

  test('that expired is given back by the reaper, and ends after fifty tries without progress', async ({
    assert,
  }) => {
    const run = await givenWaitingRun()
    for (let attempt = 0; attempt < MOST_TRIES.server; attempt += 1) {
      assert.isNotNull(await claimRun(await run.refresh()))
      await Run.query().where('id', run.id).update({ leaseExpiresAt: 1 })
      await reapExpired()
    }
    await run.refresh()
    assert.equal(run.state, 'failed')
    assert.match(run.errorMessage ?? '', /taken up 50 times/)
  })
})

test.group('A thread that blocks', (group) => {
  const { leaseSeconds } = crossdock
  group.each.teardown(() => {
    crossdock.leaseSeconds = leaseSeconds
  })

  test('past its lease is refused when it wakes, and another finishes the run', async ({
    assert,
  }) => {
    const { service, restore } = await givenSleeper(1500)
    const run = await withTestRunners(async (dispatcher) => {
      const queued = await queueRun(service, { trigger: 'manual', requestedBy: null })
      await queued.refresh()
      dispatcher.ring()
      while (queued.created === 0) {
        await wait(10)
        await queued.refresh()
      }
      await Run.query().where('id', queued.id).update({ leaseExpiresAt: 1 })
      return untilOver(queued, dispatcher)
    })
    restore()
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(recordsRead(run.counters), SLEEPER_RECORDS)
  }).timeout(60_000)

  test('and never wakes is ended, and another finishes the run', async ({ assert }) => {
    crossdock.leaseSeconds = 5
    const { service, restore } = await givenSleeper(600_000)
    const run = await withTestRunners(async (dispatcher) =>
      untilOver(await queueRun(service, { trigger: 'manual', requestedBy: null }), dispatcher)
    )
    restore()
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(recordsRead(run.counters), SLEEPER_RECORDS)
  }).timeout(60_000)
})
