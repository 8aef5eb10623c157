import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'
import { untilStill } from './support/until_still.js'

const scene = () => ({ ledger: new MemoryLedger(), target: new MemoryTarget('Ref') })

test.group('What a job leaves', () => {
  test('is stored as links before the next job that shares its page is', async ({ assert }) => {
    const { ledger, target } = scene()
    const route = target.jobRoute(['upsert'], ['upsert'], 30)
    const { submit } = route
    let jobs = 0
    route.submit = async (...given) => {
      if (++jobs === 2) await untilStill(() => ledger.links.size)
      if (jobs === 2) {
        assert.equal(ledger.links.size, 30)
        assert.equal(recordsRead(ledger.counters), 0)
        assert.equal(ledger.jobs.size, 1)
      }
      return submit(...given)
    }
    const source = memorySource(orders(50), () => 20)
    const report = await sync(makeInput({ source, routes: [route], ledger }))
    assert.equal(jobs, 2)
    assert.equal(report.counters.created, 50)
    assert.deepEqual(ledger.counters, report.counters)
    const written = ledger.settlements.flatMap(({ links }) => links.keys)
    assert.lengthOf(written, 50)
    assert.lengthOf(new Set(written), 50)
  })

  test('of inserts is in doubt until it is counted', async ({ assert }) => {
    const { ledger, target } = scene()
    const route = target.jobRoute(['insert'], [], 30)
    const { submit } = route
    let known = new Set<string>()
    let jobs = 0
    route.submit = async (...given) => {
      if (++jobs === 2) {
        await untilStill(() => ledger.settlements.length)
        known = new Set([...ledger.links.values()].map(({ state }) => state))
      }
      return submit(...given)
    }
    const source = memorySource(orders(50), () => 20)
    const report = await sync(
      makeInput({ source, routes: [route], ledger, operation: 'insert', target })
    )
    assert.equal(report.counters.created, 50)
    assert.deepEqual([...known], ['sending'])
  })

  test('is stored in parts, with the next job between', async ({ assert }) => {
    const { ledger, target } = scene()
    const route = target.jobRoute(['upsert'], ['upsert'], 11_500)
    const { submit } = route
    const second = Promise.withResolvers<void>()
    route.submit = (...given) => {
      if (ledger.jobs.size > 0) second.resolve()
      return submit(...given)
    }
    const settle = ledger.settle.bind(ledger)
    ledger.settle = async (settlement) => {
      if (settlement.links.keys.length > 0) await second.promise
      await new Promise((done) => setTimeout(done, 5))
      return settle(settlement)
    }
    await sync(makeInput({ source: memorySource(orders(20_000)), routes: [route], ledger }))
    const jobs = ledger.settlements.flatMap(({ job }, index) => (job ? [index] : []))
    const before = ledger.settlements.slice(jobs[0], jobs[1])
    const links = before.reduce((sum, each) => sum + each.links.keys.length, 0)
    assert.isAtLeast(links, 5_000)
    assert.isAtMost(links, 10_000)
    assert.equal(ledger.links.size, 20_000)
  })

  test('comes with what its own submission cost', async ({ assert }) => {
    const { ledger, target } = scene()
    const route = target.jobRoute(['upsert'], ['upsert'], 30)
    const { submit } = route
    const both = Promise.withResolvers<void>()
    route.submit = async (...given) => {
      const ticket = await submit(...given)
      if (target.calls.length === 2) both.resolve()
      await both.promise
      return ticket
    }
    const settle = ledger.settle.bind(ledger)
    ledger.settle = async (settlement) => {
      await new Promise((done) => setTimeout(done, 5))
      return settle(settlement)
    }
    await sync(makeInput({ source: memorySource(orders(50)), routes: [route], ledger }))
    const stored = ledger.settlements.flatMap(({ job, batches }) =>
      job ? [[job.drafts.length, batches.at(-1)?.records]] : []
    )
    assert.sameDeepMembers(stored, [
      [30, 30],
      [20, 20],
    ])
    assert.lengthOf(
      ledger.settlements.flatMap(({ batches }) => batches),
      2
    )
  })
})
