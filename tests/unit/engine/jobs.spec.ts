import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { recordsRead } from '#engine/counters'
import type { Draft } from '#engine/draft'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { GOOD_LUCK, MemoryTarget, type Misfortune } from './support/memory_target.js'
import { untilStill } from './support/until_still.js'

const DAY = 86_400_000

function scene(job: Misfortune['job']) {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  target.luck = { ...GOOD_LUCK, job }
  const routes = [target.jobRoute(['upsert'], ['upsert'])]
  const input = () => makeInput({ source: memorySource(orders(50)), routes, ledger })
  return { ledger, target, input }
}

/** How far reading has come during the submission of each job. */
async function readBesideSubmitting(records: RecordValues[]): Promise<number[]> {
  const target = new MemoryTarget('Ref')
  const route = target.jobRoute(['upsert'], ['upsert'])
  let read = 0
  const places: number[] = []
  const { submit } = route
  route.submit = async (...given) => {
    await untilStill(() => read)
    places.push(read)
    return submit(...given)
  }
  const source = memorySource(records, (place) => (read = place + 1_000) && 1_000)
  const report = await sync(makeInput({ source, routes: [route], ledger: new MemoryLedger() }))
  if (recordsRead(report.counters) !== records.length) throw new Error('A record is lost')
  return places
}

test.group('a job', () => {
  test('finds its records composed, each once, even where it is sent again', async ({ assert }) => {
    const target = new MemoryTarget('Ref')
    let jobs = 0
    target.luck = { ...GOOD_LUCK, job: () => (++jobs === 1 ? 'lose' : 'ok') }
    const route = target.jobRoute(['upsert'], ['upsert'], 300)
    const handed: string[] = []
    const composed: string[] = []
    const sent: string[] = []
    const line = ({ Ref }: RecordValues) => `${String(Ref)};`
    route.compose = (_ctx, { fields }) => {
      assert.deepEqual(fields, ['Ref', 'Name'])
      return (record) => {
        handed.push(line(record))
        return line(record)
      }
    }
    const { submit } = route
    route.submit = (ctx, batch) => {
      composed.push(String(Buffer.concat(batch.composed ?? [])))
      sent.push(batch.records.map(line).join(''))
      return submit(ctx, batch)
    }
    const source = memorySource(orders(1_000))
    const report = await sync(makeInput({ source, routes: [route], ledger: new MemoryLedger() }))
    assert.equal(report.counters.created + report.counters.updated, 1_000)
    assert.lengthOf(handed, 1_000)
    assert.isAbove(sent.length, 4)
    assert.deepEqual(composed, sent)
  })

  for (const trouble of ['transient', 'rate-limited'] as const) {
    test(`that cannot be asked about for hours is paid once: ${trouble}`, async ({ assert }) => {
      let asked = 0
      const { target, input } = scene(() => (++asked <= 300 ? trouble : 'ok'))
      const given = input()
      const report = await sync(given)
      assert.equal(report.counters.created, 50)
      assert.equal(target.credits, 500)
      assert.lengthOf(target.calls, 1)
      assert.isAbove(given.world.now(), 3_600_000)
    })
  }

  for (const [fate, last] of [
    ['transient', 'Bad gateway'],
    ['pending', 'it was still under way'],
  ] as const) {
    test(`that is not over in a day fails its records, unpaid again: ${fate}`, async ({
      assert,
    }) => {
      const { ledger, target, input } = scene(() => fate)
      const given = input()
      const report = await sync(given)
      assert.equal(report.counters.failed, 50)
      assert.equal(recordsRead(report.counters), 50)
      assert.equal(target.credits, 500)
      assert.isAtLeast(given.world.now(), DAY)
      assert.isBelow(given.world.now(), DAY + 60_000)
      assert.equal(ledger.letters.get('7')?.code, 'JOB_FAILED')
      const message = `The job was not over after 24 hours. At the last look: ${last}`
      assert.equal(ledger.letters.get('7')?.message, message)
      assert.equal(ledger.jobs.size, 0)
    })
  }

  test('that is adopted has a day from then', async ({ assert }) => {
    const controller = new AbortController()
    let asked = 0
    const { target, input } = scene(() => {
      if (++asked === 10) controller.abort(new Error('Stopped'))
      return 'pending'
    })
    await assert.rejects(() => sync({ ...input(), signal: controller.signal }), 'Stopped')
    const given = input()
    const start = given.world.now()
    const report = await sync(given)
    assert.equal(report.counters.failed, 50)
    assert.isAtLeast(given.world.now() - start, DAY)
    assert.equal(target.credits, 500)
  })

  test('is submitted beside another, and the reading goes on until a third is full', async ({
    assert,
  }) => {
    const [first] = await readBesideSubmitting(orders(90_000))
    assert.isAtLeast(first, 75_000)
    assert.isAtMost(first, 79_000)
  })

  test('that is over holds up no reading, though it cannot be settled yet', async ({ assert }) => {
    const [one, ...rest] = orders(140_000)
    const again = { ...one, name: 'A page waits for its job to be settled' }
    const [, , third] = await readBesideSubmitting([one, again, ...rest])
    assert.isAtLeast(third, 125_000)
    assert.isAtMost(third, 129_000)
  })

  test('is told to the ledger before it is submitted, with the very records', async ({
    assert,
  }) => {
    const { ledger, target } = scene(() => 'ok')
    const told: Array<Draft[] | 'submitted'> = []
    const route = target.jobRoute(['upsert'], ['upsert'])
    const { submit } = route
    route.submit = (...given) => {
      told.push('submitted')
      return submit(...given)
    }
    const settle = ledger.settle.bind(ledger)
    ledger.settle = (settlement) => {
      if (settlement.job) told.push(settlement.job.drafts)
      return settle(settlement)
    }
    const prepared = Object.assign(ledger, { prepare: (drafts: Draft[]) => void told.push(drafts) })
    await sync(makeInput({ source: memorySource(orders(5)), routes: [route], ledger: prepared }))
    assert.lengthOf(told, 3)
    assert.lengthOf(told[0] ?? [], 5)
    assert.equal(told[1], 'submitted')
    assert.strictEqual(told[2], told[0])
  })

  test('that failed is submitted once more', async ({ assert }) => {
    let asked = 0
    const { target, input } = scene(() => (++asked === 1 ? 'lose' : 'ok'))
    const report = await sync(input())
    assert.equal(recordsRead(report.counters), 50)
    assert.equal(report.counters.failed, 0)
    assert.equal(target.credits, 1_000)
  })
})
