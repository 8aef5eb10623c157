import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import Alert from '#domain/alerts/alert'
import { watchRest } from '#domain/alerts/watch_rest'
import Schedule from '#domain/services/schedule'
import type Tenant from '#domain/tenants/tenant'
import { givenConnection, givenRun, givenService, givenTenant } from '#tests/support/app'
import { unique } from '#tests/support/app'
import { givenSpent } from '#tests/support/credits'

const MINUTE = 60_000

/** Later than whatever was looked at before, and answers when. */
async function look(): Promise<number> {
  const mark = await db.from('alert_marks').where('name', 'rest').first()
  const now = Math.max(Date.now(), Number(mark?.at ?? 0)) + 2 * MINUTE
  await watchRest(now)
  return now
}

async function openOf(tenant: Tenant, kind: string): Promise<string[]> {
  const alerts = await Alert.query().where({ tenantId: tenant.id, kind }).whereNotNull('openKey')
  return alerts.flatMap(({ subjects }) => subjects.map(({ name }) => name)).sort()
}

const waiting = { state: 'queued' as const, startedAt: null, finishedAt: null }

test.group('Alerts of what waits', () => {
  test('come for a run that waits too long, and not for one that is to wait', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const [late, recent, told, paused] = [
      await givenService(tenant),
      await givenService(tenant),
      await givenService(tenant),
      await givenService(tenant, { state: 'paused' }),
    ]
    const before = await look()
    const at = (minutes: number) => DateTime.fromMillis(before + (2 - minutes) * MINUTE)
    const run = await givenRun(late, { ...waiting, queuedAt: at(40) })
    await givenRun(recent, { ...waiting, queuedAt: at(20) })
    await givenRun(told, { ...waiting, queuedAt: at(90), notBefore: at(-60) })
    await givenRun(paused, { ...waiting, queuedAt: at(90) })
    await look()
    assert.deepEqual(await openOf(tenant, 'overdue'), [late.name])
    await run.merge({ state: 'running' }).save()
    await look()
    assert.deepEqual(await openOf(tenant, 'overdue'), [])
  })

  test('come for a slot that nobody started', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const nextDueAt = DateTime.fromMillis((await look()) - 40 * MINUTE)
    const slot = await Schedule.create({
      ...{ tenantId: tenant.id, serviceId: service.id, startsAt: nextDueAt, nextDueAt },
      definition: { every: 60, unit: 'minutes' },
    })
    await look()
    assert.deepEqual(await openOf(tenant, 'overdue'), [service.name])
    await slot.delete()
    await look()
    assert.deepEqual(await openOf(tenant, 'overdue'), [])
  })

  test('come when a tenth of the credits is left, for all connections of the account', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const limits = { concurrency: 5, dailyCredits: 5000 }
    const account = { connector: 'zoho_crm', settings: {}, identity: unique('org'), limits }
    const [one, twin] = [
      await givenConnection(tenant, { ...account, name: unique('zoho') }),
      await givenConnection(tenant, { ...account, name: unique('zoho') }),
    ]
    await givenSpent(one, 4500, 0)
    await look()
    assert.deepEqual(await openOf(tenant, 'credits'), [])
    await givenSpent(twin, 1, 0)
    await look()
    assert.deepEqual(await openOf(tenant, 'credits'), [one.name, twin.name].sort())
    const alerts = await Alert.query().where({ tenantId: tenant.id, kind: 'credits' })
    assert.lengthOf(alerts, 1, 'they are one message')
    assert.match(alerts[0].detail, /499 of 5000 credits are left/)
  })
})
