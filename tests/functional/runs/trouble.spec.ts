import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import DeadLetter from '#domain/runs/dead_letter'
import { replayDeadLetters } from '#domain/runs/replay'
import { reportRun } from '#domain/runs/run_report'
import { startRun } from '#domain/runs/start_run'
import type { FaultRule } from '#simulators/zoho/control/fault_rule'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import type { ShopToZoho, Wish } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 600
const upsert = { method: 'POST', path: '/Deals/upsert' }
const insert = { method: 'POST', path: '/Deals' }

async function runUnder(wish: Partial<Wish>, faults: FaultRule[]) {
  const house = await givenShopToZoho({ records: RECORDS, ...wish })
  house.simulator.faults(faults)
  return { house, run: await runOnce(house) }
}

function runOnce(house: ShopToZoho) {
  return withTestRunners(async (dispatcher) =>
    untilOver(await startRun(house.service, { trigger: 'manual', requestedBy: null }), dispatcher)
  )
}

/** One line in the vendor's own ledger per insert: what the vendor holds, not what we believe. */
function insertsOf({ simulator }: ShopToZoho): string[] {
  const lines = simulator.ledger({ records: true })
  return lines
    .filter(({ action }) => action === 'insert')
    .map(({ record }) => String(record?.Order_Ref))
}

interface Case {
  name: string
  wish?: Partial<Wish>
  faults: FaultRule[]
}

const mended: Case[] = [
  {
    name: 'a reply that is lost after the commit',
    faults: [{ match: { ...upsert, nth: 2 }, kind: 'drop_after' }],
  },
  {
    name: 'a 429 without Retry-After',
    faults: [{ match: { ...upsert, nth: 2 }, kind: 'status', status: 429 }],
  },
  { name: 'a 500', faults: [{ match: { ...upsert, nth: 1 }, kind: 'status', status: 500 }] },
  {
    name: 'a 502 with a page of HTML',
    faults: [{ match: { ...upsert, nth: 3 }, kind: 'status', status: 502, body: '<html></html>' }],
  },
  { name: 'slow replies', faults: [{ match: { ...upsert, every: 2 }, kind: 'latency', ms: 200 }] },
  {
    name: 'an access token that expires in between',
    faults: [{ match: { ...upsert, nth: 3 }, kind: 'token_expired' }],
  },
  {
    name: 'a truncated result',
    wish: { route: 'bulk_write' },
    faults: [{ match: { times: 1 }, kind: 'truncate_zip' }],
  },
  {
    name: 'a job that failed as a whole',
    wish: { route: 'bulk_write' },
    faults: [{ match: { times: 1 }, kind: 'job_failed' }],
  },
]

test.group('A run under trouble', () => {
  for (const { name, wish = {}, faults } of mended) {
    test(`gets over ${name}`, async ({ assert }) => {
      const { house, run } = await runUnder(wish, faults)
      assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
      assert.equal(recordsRead(run.counters), RECORDS)
      const inserts = insertsOf(house)
      assert.lengthOf(inserts, RECORDS)
      assert.equal(new Set(inserts).size, RECORDS)
      await house.close()
    }).timeout(60_000)
  }

  test('gives each record of a partial success its own outcome, and sends the refused again', async ({
    assert,
  }) => {
    const faults: FaultRule[] = [
      { match: { ...upsert, nth: 1 }, kind: 'partial', code: 'INVALID_DATA', indexes: [3, 5] },
    ]
    const { house, run } = await runUnder({}, faults)
    assert.equal(run.state, 'partial')
    assert.equal(run.rejected, 2)
    assert.equal(run.created, RECORDS - 2)
    const letters = await DeadLetter.query().where('serviceId', house.service.id)
    assert.lengthOf(letters, 2)
    assert.notInclude(letters.map(({ sealedPayload }) => sealedPayload).join(' '), 'Customer')

    house.simulator.faults([])
    const replay = await withTestRunners(async (dispatcher) =>
      untilOver(await replayDeadLetters(house.service, 'all', null), dispatcher)
    )
    assert.equal(replay.state, 'succeeded', replay.errorMessage ?? '')
    assert.equal(replay.created, 2)
    const open = await DeadLetter.query()
      .where('serviceId', house.service.id)
      .whereNull('resolvedAt')
    assert.lengthOf(open, 0, 'a dead letter closes itself when its record arrives')
    await house.close()
  }).timeout(60_000)

  test('closes a dead letter by itself when its record is mended in the source', async ({
    assert,
  }) => {
    const faults: FaultRule[] = [
      { match: { ...upsert, nth: 1 }, kind: 'partial', code: 'INVALID_DATA', indexes: [3] },
    ]
    const { house } = await runUnder({}, faults)
    const letters = () => DeadLetter.query().where('serviceId', house.service.id)
    const [letter] = await letters()
    const same = await runOnce(house)
    assert.equal(same.rejected, 1, 'what was refused is not sent again as it is')
    house.shop.prepare("update orders set customer = 'Mended' where id = ?").run(letter?.sourceKey)
    const next = await runOnce(house)
    assert.deepEqual([next.created, next.rejected], [1, 0])
    const [closed] = await letters()
    assert.deepEqual([closed?.resolvedBy, closed?.openKey], [next.id, null])
    assert.isNotNull(closed?.resolvedAt)
    await house.close()
  }).timeout(60_000)

  test('without a unique key, a lost reply is read back before it is sent again', async ({
    assert,
  }) => {
    const faults: FaultRule[] = [{ match: { ...insert, nth: 2 }, kind: 'drop_after' }]
    const { house, run } = await runUnder({ operation: 'insert', route: 'insert' }, faults)
    assert.equal(recordsRead(run.counters), RECORDS)
    const inserts = insertsOf(house)
    assert.lengthOf(inserts, RECORDS)
    assert.equal(new Set(inserts).size, RECORDS, 'nothing is doubled')
    assert.equal(run.created + run.unclear, RECORDS)
    await house.close()
  }).timeout(60_000)

  test('ends when the grant is refused, and says what to do', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 10, simulator: { tokenLifeSeconds: 1 } })
    house.simulator.faults([
      {
        match: { path: '/oauth/v2/token' },
        kind: 'status',
        status: 200,
        body: { error: 'invalid_code' },
      },
    ])
    house.simulator.advance(5)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const run = await runOnce(house)
    assert.equal(run.state, 'failed')
    assert.equal(run.errorKind, 'auth')
    assert.match(run.errorMessage ?? '', /refresh token is revoked/)
    await house.close()
  }).timeout(60_000)
})

test.group('A second run', () => {
  for (const route of ['upsert', 'bulk_write']) {
    test(`by ${route} finds everything unchanged and spends no credit`, async ({ assert }) => {
      const house = await givenShopToZoho({ records: RECORDS, route })
      await runOnce(house)
      const before = house.simulator.stats().credits.used
      const second = await runOnce(house)
      assert.equal(second.unchanged, RECORDS)
      assert.equal(house.simulator.stats().credits.used, before)
      const report = await reportRun(second)
      assert.deepEqual(report.credits, { planned: 0, spent: 0 })

      house.shop.prepare('update orders set total = ? where id in (7, 8)').run('1.00')
      const third = await runOnce(house)
      assert.deepEqual([third.updated, third.unchanged], [2, RECORDS - 2])
      await house.close()
    }).timeout(60_000)
  }
})
