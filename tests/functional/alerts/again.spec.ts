import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Alert from '#domain/alerts/alert'
import { calmAlerts, raiseAlert } from '#domain/alerts/raise_alert'
import type { Trouble } from '#domain/alerts/raise_alert'
import { givenService, givenTenant } from '#tests/support/app'

const MINUTE = 60_000

async function givenTrouble(kind: Trouble['kind']) {
  const tenant = await givenTenant()
  const { id, name } = await givenService(tenant)
  const subject = { noun: 'service' as const, id, name }
  const texts = { cause: 'no answer', title: 'Runs fail: no answer', detail: 'no answer' }
  const trouble: Trouble = { tenantId: tenant.id, kind, subject, ...texts }
  const all = () => Alert.query().where('tenantId', tenant.id).orderBy('firstAt')
  return { trouble, all, calm: (now: number) => calmAlerts(tenant.id, [kind], id, now) }
}

test.group('Trouble that comes and goes', () => {
  test('is one alert, which was told once', async ({ assert }) => {
    const { trouble, all, calm } = await givenTrouble('failed')
    const now = Date.now()
    await raiseAlert(trouble, now)
    const [first] = await all()
    await first.merge({ toldAt: DateTime.fromMillis(now), toldCount: 1 }).save()
    for (const minutes of [15, 45]) {
      await calm(now + minutes * MINUTE)
      await raiseAlert(trouble, now + (minutes + 15) * MINUTE)
    }
    const [same, ...others] = await all()
    assert.lengthOf(others, 0)
    assert.deepEqual([same.id, same.count, same.toldCount], [first.id, 3, 1])
    assert.isNotNull(same.openKey)
    assert.isNull(same.closedAt)

    await calm(now + 70 * MINUTE)
    await raiseAlert(trouble, now + 140 * MINUTE)
    assert.lengthOf(await all(), 2, 'after an hour of peace it is news')
  })

  test('is news each time where a person has to act', async ({ assert }) => {
    const { trouble, all, calm } = await givenTrouble('held')
    const now = Date.now()
    await raiseAlert(trouble, now)
    await calm(now + MINUTE)
    await raiseAlert(trouble, now + 2 * MINUTE)
    assert.lengthOf(await all(), 2)
  })
})
