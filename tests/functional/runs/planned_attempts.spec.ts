import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { pauseRun } from '#domain/runs/defer_run'
import { fencePlan } from '#domain/runs/fence_plan'
import { stopRun } from '#domain/runs/finish_run'
import { queueRun } from '#domain/runs/start_run'
import { ConnectorError } from '#sdk'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { Wish } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { toWire } from '#workers/wire_error'

let seed = 9_300

async function givenRun(wish: Wish) {
  const house = await givenShopToZoho({ ...wish, simulator: { seed: (seed += 1) } })
  const run = await queueRun(house.service, { trigger: 'manual', requestedBy: null })
  return { house, run }
}

test.group('The credits that an attempt planned', (group) => {
  group.each.timeout(90_000)

  test('and never came to, since it was killed, are planned by the next alone', async ({
    assert,
  }) => {
    const { house, run } = await givenRun({ records: 300, route: 'upsert' })
    const killed = { state: 'running', attempts: 1, creditsPlanned: 40, creditsSpent: 3 } as const
    const began = { startedAt: DateTime.utc(), leaseToken: 'dead', activeKey: house.service.id }
    await run.merge({ ...killed, ...began, leaseExpiresAt: DateTime.utc() }).save()
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.containSubset(run, { state: 'succeeded', created: 300, creditsSpent: 3 + 30 })
    assert.equal(run.creditsPlanned, run.creditsSpent)
    await house.close()
  })

  test('for pages that the next one reads on from a cursor stay planned', async ({ assert }) => {
    const { house, run } = await givenRun({ records: 1 })
    const planned = async (state: string, cursor: object | null) => {
      const now = { state, cursor: JSON.stringify(cursor), credits_spent: 3, credits_ahead: 30 }
      await db
        .from('runs')
        .where('id', run.id)
        .update({ ...now, credits_planned: 40 })
      await fencePlan(run.id)
      const { creditsPlanned } = await run.refresh()
      return creditsPlanned
    }
    assert.equal(await planned('queued', { route: 'coql', cursor: {} }), 33)
    assert.equal(await planned('queued', null), 3)
    assert.equal(await planned('failed', { route: 'coql', cursor: {} }), 3)
    await house.close()
  })

  test('and another goes on with stay planned, and are not when it stops itself', async ({
    assert,
  }) => {
    const { house, run } = await givenRun({ records: 1 })
    const underWay = { state: 'running', creditsPlanned: 40, creditsSpent: 3 } as const
    await run.merge({ ...underWay, leaseToken: 'mine', activeKey: house.service.id }).save()
    const refused = toWire(new ConnectorError('auth', 'Nobody signed in'))
    const stopped = (token: string) =>
      stopRun({ serviceId: house.service.id, runId: run.id, token }, refused)
    assert.isFalse(await stopped('of before'))
    assert.containSubset(await run.refresh(), underWay)
    assert.isTrue(await stopped('mine'))
    assert.containSubset(await run.refresh(), { state: 'failed', creditsPlanned: 3 })
    await house.close()
  })

  test('and paused before it came to are planned no more while it waits', async ({ assert }) => {
    const { house, run } = await givenRun({ records: 1 })
    const underWay = { state: 'running', creditsPlanned: 40, creditsSpent: 3 } as const
    await run.merge({ ...underWay, leaseToken: 'mine', activeKey: house.service.id }).save()
    const paused = (token: string) =>
      pauseRun({ serviceId: house.service.id, runId: run.id, token })
    assert.isFalse(await paused('of before'))
    assert.containSubset(await run.refresh(), underWay)
    assert.isTrue(await paused('mine'))
    assert.containSubset(await run.refresh(), { state: 'queued', creditsPlanned: 3 })
    await house.close()
  })

  test('for calls that no token was given for are planned no more', async ({ assert }) => {
    const { house, run } = await givenRun({ records: 1_000, route: 'upsert' })
    house.simulator.faults([
      { kind: 'token_expired', match: { path: '/Deals/upsert' } },
      { kind: 'status', status: 400, body: { error: 'invalid_code' }, match: { path: '/oauth/' } },
    ])
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.containSubset(run, { state: 'failed', errorKind: 'auth' })
    assert.equal(run.creditsPlanned, run.creditsSpent)
    await house.close()
  })
})
