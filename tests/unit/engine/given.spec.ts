import { test } from '@japa/runner'
import type { StreamAccess } from '#sdk'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { MemoryTarget } from './support/memory_target.js'

const closed: StreamAccess = {
  read: () => {
    throw new Error('The source must not be read')
  },
}

function givenRun(count: number) {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const routes = [target.callRoute(['upsert'], ['upsert'])]
  const given = orders(count)
  const only = given.map(({ id }) => String(id))
  const input = { ...makeInput({ source: closed, routes, ledger }), given, only }
  return { ledger, target, input }
}

const refsOf = (target: MemoryTarget) => [...target.records.values()].map(({ Ref }) => Ref)

test.group('records that come with the run', () => {
  test('are sent in place of what the source holds', async ({ assert }) => {
    const { target, input } = givenRun(3)
    const report = await sync(input)
    assert.equal(report.counters.created, 3)
    assert.sameMembers(refsOf(target), ['R1', 'R2', 'R3'])
  })

  test('are judged like any: what does not fit is not sent', async ({ assert }) => {
    const { ledger, target, input } = givenRun(2)
    const [first, second] = input.given
    const report = await sync({ ...input, given: [{ ...first, name: 'x'.repeat(81) }, second!] })
    assert.deepEqual([report.counters.created, report.counters.rejected], [1, 1])
    assert.equal(target.records.size, 1)
    assert.equal(ledger.letters.get('1')?.code, 'TOO_LONG')
  })

  test('go on after the last that was settled', async ({ assert }) => {
    const { ledger, target, input } = givenRun(2_500)
    ledger.cursor = { given: 2_000 }
    const report = await sync(input)
    assert.equal(report.counters.created, 500)
    assert.notInclude(refsOf(target), 'R2000')
    assert.include(refsOf(target), 'R2001')
    assert.deepEqual(ledger.cursor, { given: 2_500 })
  })
})
