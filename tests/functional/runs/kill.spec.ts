import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { KillableServer } from '#tests/support/killable_server'
import { onlyInThisTest } from '#tests/support/only_in_this_test'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho } from '#tests/support/shop_to_zoho'

const isOnMysql = process.env.DB_CONNECTION === 'mysql'
/** Of 20,000 records: 30 moments in all on SQLite, and 12 more where the ledger is in MariaDB. */
const KILLS = isOnMysql ? 6 : 15

interface Import {
  title: string
  route: 'upsert' | 'bulk_write'
  records: number
  kills: number
  /** Milliseconds from the server's start within which it is killed. */
  latest: number
}

const IMPORTS: Import[] = [
  { title: 'by upsert', route: 'upsert', records: 20_000, kills: KILLS, latest: 900 },
  { title: 'by bulk_write', route: 'bulk_write', records: 20_000, kills: KILLS, latest: 900 },
  {
    title: 'by several jobs',
    route: 'bulk_write',
    records: 60_000,
    kills: isOnMysql ? 3 : 5,
    latest: 2_500,
  },
]

/** Kills the server at random moments until it was killed often enough, then lets the last run end by itself. */
async function importUnderKills(house: ShopToZoho, { kills: wanted, latest }: Import) {
  const runs = [await queueRun(house.service, { trigger: 'manual', requestedBy: null })]
  let version = 1
  let interrupted = 0
  const isEnough = (kills: number) => kills >= wanted && (interrupted >= 3 || kills >= 2 * wanted)
  for (let kills = 0; !isEnough(kills); kills += 1) {
    const server = await KillableServer.start()
    await wait(Math.random() * latest)
    await server.killForGood()
    const last = await Run.findOrFail(runs.at(-1)?.id)
    if (!last.isFinal) {
      interrupted += 1
      // Ten tries without a record settled are too many: a slow machine may need them.
      await Run.query().where('id', last.id).update({ attempts: 0 })
      continue
    }
    version += 1
    house.shop.prepare('update orders set customer = customer || ?').run(` v${version}`)
    runs.push(await queueRun(house.service, { trigger: 'manual', requestedBy: null }))
  }
  const stillHere = onlyInThisTest()
  const server = await KillableServer.start()
  for (const run of runs) {
    await run.refresh()
    while (!run.isFinal) {
      stillHere()
      await wait(50)
      await run.refresh()
    }
  }
  await server.kill('SIGTERM')
  return { runs, interrupted }
}

test.group('A server that is killed', () => {
  for (const each of IMPORTS) {
    const { title, route, records } = each
    test(`loses and doubles nothing ${title}`, async ({ assert }) => {
      const simulator = { latencyMs: 15, bulkDelayMs: 300 }
      const house = await givenShopToZoho({ records, route, simulator })
      const { runs, interrupted } = await importUnderKills(house, each)

      assert.isAtLeast(interrupted, 3, 'the server was killed in the middle of runs')
      for (const run of runs) {
        assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
        assert.equal(recordsRead(run.counters), records, 'the counts add up to the source')
      }
      const written = house.simulator.ledger({ records: true })
      const inserts = written.filter(({ action }) => action === 'insert')
      const references = inserts.map(({ record }) => record?.Order_Ref)
      assert.equal(inserts.length, records, 'no record is lost and none is doubled')
      assert.equal(new Set(references).size, records)
      assert.equal(house.simulator.stats().modules.Deals?.records, records)
      await house.close()
    }).timeout(480_000)
  }
})
