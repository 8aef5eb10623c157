import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { givenFlaggedOrders } from '#tests/support/flagged_orders'
import type { FlaggedOrders } from '#tests/support/flagged_orders'
import { KillableServer } from '#tests/support/killable_server'

const RECORDS = 6_000
const KILLS = 8
const missing = await mariadbMissing()

const queued = ({ service }: FlaggedOrders) =>
  queueRun(service, { trigger: 'manual', requestedBy: null })

/** What Zoho holds of each order, by its number. */
function held({ simulator }: FlaggedOrders): Map<unknown, unknown> {
  const written = simulator.ledger({ records: true })
  return new Map(written.map(({ record }) => [record?.Order_Ref, record?.Deal_Name]))
}

/** The flagged orders that Zoho does not hold as the table does. */
async function unfounded(house: FlaggedOrders): Promise<unknown[]> {
  const rows = await house.sql.query('SELECT number, customer FROM orders WHERE synced')
  const deals = held(house)
  return rows.filter(({ number, customer }) => deals.get(number) !== customer)
}

async function importUnderKills(house: FlaggedOrders) {
  const runs = [await queued(house)]
  const wrong: unknown[] = []
  let interrupted = 0
  for (let kills = 0; kills < KILLS; kills += 1) {
    const server = await KillableServer.start(1)
    await wait(Math.random() * 900)
    await server.kill()
    wrong.push(...(await unfounded(house)))
    const last = await Run.findOrFail(runs.at(-1)?.id)
    if (!last.isFinal) interrupted += 1
    else {
      await house.sql.query(
        `UPDATE orders SET customer = CONCAT(customer, '+'), synced = 0 WHERE id % 3 = ${kills % 3}`
      )
      runs.push(await queued(house))
    }
  }
  return { runs, interrupted, wrong }
}

/** Lets all runs end, and one more after them. */
async function calmDown(house: FlaggedOrders, runs: Run[]): Promise<void> {
  const server = await KillableServer.start(1)
  for (const run of [...runs, await queued(house)]) {
    await run.refresh()
    while (!run.isFinal) {
      await wait(50)
      await run.refresh()
    }
    if (run.state !== 'succeeded') throw new Error(run.errorMessage ?? run.state)
  }
  await server.kill('SIGTERM')
}

test.group('Sync flags of a server that is killed', (group) => {
  group.each.skip(missing !== null, missing ?? undefined)

  for (const route of ['upsert', 'bulk_write']) {
    test(`say what has arrived by ${route}, and lose nothing`, async ({ assert }) => {
      const simulator = { latencyMs: 15, bulkDelayMs: 300 }
      const house = await givenFlaggedOrders({
        ...{ on: 'mysql', records: RECORDS, simulator, target: { route } },
      })
      const { runs, interrupted, wrong } = await importUnderKills(house)
      assert.isAtLeast(interrupted, 3, 'the server was killed in the middle of runs')
      assert.deepEqual(wrong, [], 'nothing was flagged that Zoho does not hold')
      await calmDown(house, runs)
      assert.lengthOf(await house.flagged(), RECORDS)
      assert.deepEqual(await unfounded(house), [])
      const written = house.simulator.ledger({ records: true })
      const inserts = written.filter(({ action }) => action === 'insert')
      assert.lengthOf(inserts, RECORDS, 'no record is lost and none is doubled')
      await house.close()
    }).timeout(240_000)
  }
})
