import { test } from '@japa/runner'
import type { Lookup, Operation, RecordValues } from '#sdk'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

/** A run that ends around the storing of a job, with all that it read still ahead of the cursor. */
function scene(records: RecordValues[], perJob: number, operation: Operation = 'upsert') {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const route = target.jobRoute([operation], [operation], perJob)
  const access: { lookup: Lookup } = { lookup: target.lookup }
  const parts = { source: memorySource(records), routes: [route], operation, target: access }
  const attempt = () => sync(makeInput({ ...parts, ledger: ledger.lease() }))
  let jobs = 0
  const settle = ledger.settle.bind(ledger)
  ledger.settle = (settlement) => {
    if (settlement.job) jobs++
    return settle(settlement)
  }
  const endAt = (job: number, moment: 'before' | 'after') => {
    ledger.doom = (call) => (call === 'settle' && jobs === job ? moment : null)
  }
  const goOn = () => {
    ledger.doom = () => null
    return attempt()
  }
  return { ledger, target, access, route, attempt, endAt, goOn }
}

const MOMENTS = [
  ['before', 'its next attempt'],
  ['after', 'its next attempt'],
  ['after', 'a new run'],
] as const

test.group('A job whose records are far ahead of the cursor is counted once', () => {
  for (const [moment, next] of MOMENTS) {
    test(`where the run ends ${moment} one that overtook it is stored, by ${next}`, async ({
      assert,
    }) => {
      const records = orders(62_000)
      const { ledger, target, route, attempt, endAt, goOn } = scene(records, 30_300)
      const { submit } = route
      let isFirst = true
      route.submit = async (...given) => {
        const mustWait = isFirst
        isFirst = false
        while (mustWait && ledger.jobs.size === 0) await new Promise(setImmediate)
        return submit(...given)
      }
      endAt(2, moment)
      await assert.rejects(attempt, 'settle')
      assert.isNull(ledger.cursor)
      if (next === 'a new run') ledger.newRun()
      const report = await goOn()
      assert.equal(recordsRead(report.counters), records.length)
      assert.equal(target.records.size, records.length)
    })
  }

  test('where a page waits for ids all the while, and the run ends twice', async ({ assert }) => {
    const records = orders(100_000)
    const { ledger, target, access, attempt, endAt, goOn } = scene(records, 30_300, 'update')
    const held = [target.callRoute(['upsert'], ['upsert'], 10_000)]
    const source = memorySource(records)
    await sync(makeInput({ source, routes: held, ledger: new MemoryLedger() }))
    for (const jobs of [2, 3]) {
      let isFirst = true
      access.lookup = async (...given) => {
        const mustWait = isFirst
        isFirst = false
        while (mustWait && ledger.jobs.size < jobs) await new Promise(setImmediate)
        return target.lookup(...given)
      }
      endAt(jobs, 'after')
      await assert.rejects(attempt, 'settle')
      assert.isNull(ledger.cursor)
    }
    const report = await goOn()
    assert.equal(recordsRead(report.counters), records.length)
    assert.equal(report.counters.updated, records.length)
  })
})
