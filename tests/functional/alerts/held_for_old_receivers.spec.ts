import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ALERT_KINDS } from '#domain/alerts/alert'
import type { AlertKind } from '#domain/alerts/alert'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { givenTenant, givenUser } from '#tests/support/app'
import TellOfHeldRuns from '../../../database/migrations/0026_tell_of_held_runs.js'

test.group('Receivers of before', () => {
  test('hear of held runs where they wanted everything, and else as they chose', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const { id } = await givenUser({ tenant })
    const add = (wants: AlertKind[]) =>
      AlertReceiver.add(tenant, { kind: 'mail', address: 'ops@example.com', wants }, id)
    const all = await add(ALERT_KINDS.filter((kind) => kind !== 'held'))
    const some = await add(['failed', 'credits'])
    await new TellOfHeldRuns(db.connection(), '0026', false).execUp()
    await Promise.all([all.refresh(), some.refresh()])
    assert.deepEqual(all.wants, [...ALERT_KINDS])
    assert.deepEqual(some.wants, ['failed', 'credits'])
  })
})
