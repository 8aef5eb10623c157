import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { GOOD_LUCK, MemoryTarget } from './support/memory_target.js'

/**
 * The second order comes twice, and what was sent of it first fails. Of the third the first job says
 * nothing: it is looked for, and found after the second is sent again.
 */
function scene({ isThirdSilent = true } = {}) {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  let sent = 0
  target.luck = {
    ...GOOD_LUCK,
    record: ({ Ref }) => {
      if (Ref === 'R2' && ++sent === 1) return 'fail'
      return Ref === 'R3' && isThirdSilent ? 'silent' : 'ok'
    },
  }
  const route = target.jobRoute(['insert'], [])
  const { submit } = route
  route.submit = async (...given) => {
    const ticket = await submit(...given)
    while (target.calls.length === 2 && ledger.jobs.size > 0) await new Promise(setImmediate)
    return ticket
  }
  const lookup: typeof target.lookup = async (...given) => {
    while (target.calls.length < 2) await new Promise(setImmediate)
    return target.lookup(...given)
  }
  const [one, two, three] = orders(3)
  const source = memorySource([one, two, three, two], (place) => (place === 0 ? 3 : 1))
  const parts = { source, routes: [route], operation: 'insert' as const, target: { lookup } }
  const attempt = () => sync(makeInput({ ...parts, ledger: ledger.lease() }))
  return { ledger, target, attempt }
}

test.group('A record that is inserted after an earlier one of its key failed', () => {
  test('is looked for where nobody knows whether it was sent', async ({ assert }) => {
    const { ledger, target, attempt } = scene()
    let jobs = 0
    const settle = ledger.settle.bind(ledger)
    ledger.settle = (settlement) => {
      if (settlement.job) jobs++
      return settle(settlement)
    }
    ledger.doom = (call) => (call === 'settle' && jobs === 2 ? 'before' : null)
    await assert.rejects(attempt, 'settle')
    assert.equal(ledger.counters.failed, 1)
    assert.lengthOf(target.calls, 2)
    ledger.doom = () => null
    const report = await attempt()
    assert.equal(recordsRead(report.counters), 4)
    assert.lengthOf([...target.records.values()], 3)
    assert.equal(ledger.links.get('2')?.state, 'sent')
    assert.isFalse(ledger.letters.has('2'))
  })

  test('is noted once what came before it is stored', async ({ assert }) => {
    const { ledger, attempt } = scene({ isThirdSilent: false })
    let isStoring = false
    const [settle, intend] = [ledger.settle.bind(ledger), ledger.intend.bind(ledger)]
    ledger.settle = async (settlement) => {
      isStoring = true
      await new Promise((done) => setTimeout(done, 5))
      await settle(settlement)
      isStoring = false
    }
    const noted: Array<[keys: string[], whileStoring: boolean]> = []
    ledger.intend = (links) => {
      noted.push([[...links.keys], isStoring])
      return intend(links)
    }
    await attempt()
    assert.deepEqual(noted, [
      [['1', '2', '3'], false],
      [['2'], false],
    ])
  })
})
