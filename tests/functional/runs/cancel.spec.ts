import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import { cancelRun } from '#domain/runs/cancel_run'
import { startRun } from '#domain/runs/start_run'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 4000
/** Five calls at a time: the run has eight such turns, so it is not over before it is cancelled. */
const SLOW = 1_500

test.group('A run that is cancelled', () => {
  test('stops, writes nothing after its end, and the next one does the rest', async ({
    assert,
  }) => {
    const house = await givenShopToZoho({
      records: RECORDS,
      route: 'upsert',
      simulator: { edition: 'free', seed: 9600 },
    })
    const upsert = { method: 'POST', path: '/Deals/upsert' }
    house.simulator.faults([{ match: upsert, kind: 'latency', ms: SLOW }])
    const request = { trigger: 'manual' as const, requestedBy: null }
    await withTestRunners(async (dispatcher) => {
      const run = await startRun(house.service, request)
      await until('a write', async () => house.simulator.ledger().length > 0)
      await cancelRun(run, null)
      const ended = await untilOver(run, dispatcher)
      const written = house.simulator.ledger().length
      assert.equal(ended.state, 'cancelled')
      assert.isBelow(written, RECORDS)
      assert.equal(ended.created, recordsRead(ended.counters))
      await wait(SLOW)
      assert.lengthOf(house.simulator.ledger(), written, 'no write follows the end')

      house.simulator.faults([])
      const next = await untilOver(await startRun(house.service, request), dispatcher)
      assert.equal(next.state, 'succeeded')
      assert.equal(recordsRead(next.counters), RECORDS)
    })
    const inserts = house.simulator.ledger().filter(({ action }) => action === 'insert')
    assert.lengthOf(inserts, RECORDS)
    await house.close()
  }).timeout(60_000)

  test('before it began is over at once', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 1 })
    const run = await startRun(house.service, { trigger: 'manual', requestedBy: null })
    await cancelRun(run, null)
    await run.refresh()
    assert.equal(run.state, 'cancelled')
    await house.close()
  })
})
