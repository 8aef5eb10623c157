import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { random } from '#simulators/zoho/control/random'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { givenFlaggedOrders } from '#tests/support/flagged_orders'
import type { FlaggedOrders } from '#tests/support/flagged_orders'
import { KillableServer } from '#tests/support/killable_server'
import { onlyInThisTest } from '#tests/support/only_in_this_test'

const RECORDS = 6_000
const KILLS = 5
/** Among how many calls of a run the one is chosen at which the server dies. */
const CALLS = [
  ['upsert', 24, 8171],
  ['bulk_write', 5, 8172],
] as const
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

/** Until Zoho has heard so many more calls, or there are none to hear. */
async function untilCalled({ simulator }: FlaggedOrders, run: Run, times: number): Promise<void> {
  const enough = simulator.stats().calls + times
  while (simulator.stats().calls < enough && !run.isFinal) {
    await wait(10)
    await run.refresh()
  }
}

async function importUnderKills(house: FlaggedOrders, most: number) {
  const chance = random(house.simulator.options.seed)
  const runs = [await queued(house)]
  const wrong: unknown[] = []
  let interrupted = 0
  const isEnough = (kills: number) => kills >= KILLS && (interrupted >= 3 || kills >= 2 * KILLS)
  for (let kills = 0; !isEnough(kills); kills += 1) {
    const server = await KillableServer.start()
    await untilCalled(house, runs[runs.length - 1], 1 + Math.floor(chance() * most))
    await wait(chance() * 60)
    await server.killForGood()
    wrong.push(...(await unfounded(house)))
    const last = await Run.findOrFail(runs.at(-1)?.id)
    if (!last.isFinal) {
      interrupted += 1
      // Ten tries without a record settled are too many: a slow machine may need them.
      await Run.query().where('id', last.id).update({ attempts: 0 })
    } else {
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
  const stillHere = onlyInThisTest()
  const server = await KillableServer.start()
  for (const run of [...runs, await queued(house)]) {
    await run.refresh()
    while (!run.isFinal) {
      stillHere()
      await wait(50)
      await run.refresh()
    }
    if (run.state !== 'succeeded') throw new Error(run.errorMessage ?? run.state)
  }
  await server.kill('SIGTERM')
}

test.group('Sync flags of a server that is killed', (group) => {
  group.each.skip(missing !== null, missing ?? undefined)

  for (const [route, most, seed] of CALLS) {
    test(`say what has arrived by ${route}, and lose nothing`, async ({ assert }) => {
      const simulator = { seed, latencyMs: 15, bulkDelayMs: 300 }
      const house = await givenFlaggedOrders({
        ...{ on: 'mysql', records: RECORDS, simulator, target: { route } },
      })
      const { runs, interrupted, wrong } = await importUnderKills(house, most)
      assert.isAtLeast(interrupted, 3, 'the server was killed in the middle of runs')
      assert.deepEqual(wrong, [], 'nothing was flagged that Zoho does not hold')
      await calmDown(house, runs)
      assert.lengthOf(await house.flagged(), RECORDS)
      assert.deepEqual(await unfounded(house), [])
      const written = house.simulator.ledger({ records: true })
      const inserts = written.filter(({ action }) => action === 'insert')
      assert.lengthOf(inserts, RECORDS, 'no record is lost and none is doubled')
      await house.close()
    }).timeout(480_000)
  }
})
