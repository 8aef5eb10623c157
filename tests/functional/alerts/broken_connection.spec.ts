import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { watchRuns } from '#domain/alerts/watch_runs'
import AccessToken from '#domain/connections/access_token'
import Connection from '#domain/connections/connection'
import type Run from '#domain/runs/run'
import { givenRun } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { withTestRunners } from '#tests/support/with_test_runners'

const REFUSED = {
  match: { path: '/oauth/v2/token' },
  kind: 'status' as const,
  status: 200,
  body: { error: 'invalid_code' },
}

test.group('A connection', (group) => {
  // Other suites look at other times.
  const forget = async () => {
    await db.from('alert_marks').delete()
  }
  group.each.setup(async () => {
    await forget()
    return forget
  })

  test('that refused a run is found broken, and sound when one went through', async ({
    assert,
  }) => {
    const house = await givenShopToZoho({ records: 1 })
    const service = await house.service.refresh()
    let now = Date.now()
    const ended = async (values: Partial<Run>) => {
      await watchRuns(now)
      now += 60_000
      await givenRun(service, { ...values, finishedAt: DateTime.fromMillis(now - 30_000) })
      await watchRuns(now)
      const connection = await Connection.findOrFail(service.targetConnectionId)
      return connection.health
    }
    await withTestRunners(async () => {
      const refused: Partial<Run> = { state: 'failed', errorKind: 'auth', errorMessage: 'refused' }
      assert.equal(await ended(refused), 'ok', 'it was the other one')
      await AccessToken.query().where('connectionId', service.targetConnectionId).delete()
      house.simulator.faults([REFUSED])
      assert.equal(await ended({ ...refused, errorKind: 'transient' }), 'ok', 'nobody asked')
      assert.equal(await ended(refused), 'broken')
      assert.equal(await ended({ state: 'succeeded' }), 'broken', 'it is tried, not believed')
      house.simulator.faults([])
      assert.equal(await ended({ state: 'partial' }), 'ok')
    })
    await house.close()
  }).timeout(60_000)
})
