import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { Crash, MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { GOOD_LUCK, MemoryTarget } from './support/memory_target.js'

/** Orders that are put in, by a call that must not be repeated blindly. */
function scene() {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const route = target.callRoute(['insert'], [])
  const run = (records: RecordValues[], more: object = {}) => {
    ledger.newRun()
    const input = {
      ...{ source: memorySource(records), routes: [route], ledger },
      ...{ operation: 'insert' as const, target: { lookup: target.lookup } },
    }
    return sync({ ...makeInput(input), ...more })
  }
  return { ledger, target, run }
}

const [ORDER] = orders(1)
const FAULTY = { ...ORDER, name: '' }

test.group('a record that may have been put in, and then is at fault', () => {
  test('is looked up when it is well again', async ({ assert }) => {
    const { ledger, target, run } = scene()
    ledger.doom = (call) => (call === 'settle' ? 'before' : null)
    await assert.rejects(() => run([ORDER]), Crash)
    ledger.doom = () => null
    const { counters } = await run([FAULTY])
    assert.deepInclude(counters, { rejected: 1 })
    await run([ORDER])
    assert.equal(target.records.size, 1)
    assert.equal(ledger.links.get('1')?.state, 'sent')
    assert.isEmpty([...ledger.letters])
  })

  test('is not sent again unasked, after one of its key that is', async ({ assert }) => {
    const { ledger, target, run } = scene()
    target.isCertain = false
    target.luck = { ...GOOD_LUCK, call: () => 'lost-after' }
    const first = await run([FAULTY, ORDER])
    assert.deepInclude(first.counters, { rejected: 1, unclear: 1 })
    target.luck = GOOD_LUCK
    for (let count = 0; count < 2; count++) {
      const { counters } = await run([FAULTY, ORDER])
      assert.deepInclude(counters, { rejected: 1, unclear: 1 })
      assert.equal(ledger.letters.get('1')?.code, 'UNCLEAR')
    }
    assert.equal(target.records.size, 1)
    await run([ORDER], { only: ['1'] })
    assert.equal(target.records.size, 2, 'a person has looked')
  })
})
