import { test } from '@japa/runner'
import { type Account, JobAccount, PageAccount, Slot } from '#engine/account'
import { concludeFault, concludeSent } from '#engine/conclude'
import { earlyLinks, settlementOf } from '#engine/settlement'

function slotOf(key: string, account: Account): Slot {
  const json = JSON.stringify({ Ref: key })
  const draft = { key, source: {}, target: { Ref: key }, json, hash: `hash ${key}` }
  account.pending++
  return new Slot({ ...draft, match: key, targetId: null }, account, null)
}

const page = (sequence: number) => new PageAccount(sequence, sequence)
const FAULT = { code: 'INVALID_DATA', field: null, value: null, message: 'Bad' }

test.group('The links of a job that is counted later', () => {
  test('are stored once, and its outcomes are counted then', ({ assert }) => {
    const job = new JobAccount('job')
    concludeSent(slotOf('1', job), 'created', '901', 'sent')
    concludeFault(slotOf('2', job), 'rejected', FAULT, true)
    const early = earlyLinks(job)
    assert.deepEqual(early.links.keys, ['1', '2'])
    assert.equal(early.counters.created, 0)
    assert.isEmpty(early.faults)
    assert.isUndefined(early.finishedJob)
    const settlement = settlementOf([], job, [])
    assert.isEmpty(settlement.links.keys)
    assert.equal(settlement.counters.created, 1)
    assert.deepEqual(
      settlement.faults.map(({ key }) => key),
      ['2']
    )
    assert.equal(settlement.finishedJob, 'job')
  })

  test('leave those settled with it to what they are', ({ assert }) => {
    const [job, later] = [new JobAccount('job'), page(0)]
    concludeSent(slotOf('1', job), 'created', '901', 'sent')
    earlyLinks(job)
    const outdated = slotOf('2', later)
    concludeSent(outdated, 'updated', '902', 'sent')
    concludeSent(slotOf('3', later), 'updated', '903', 'sent')
    outdated.isOutdated = true
    const settlement = settlementOf([later], job, [])
    assert.deepEqual(settlement.links.keys, ['3'])
  })

  test('do not tell which of two rows of a later key came last', ({ assert }) => {
    const [job, first, second] = [new JobAccount('job'), page(0), page(1)]
    concludeSent(slotOf('1', job), 'created', '901', 'sent')
    earlyLinks(job)
    second.hasRepeats = true
    concludeSent(slotOf('2', second), 'created', '902', 'sent')
    concludeSent(slotOf('2', first), 'updated', '903', 'sent')
    const settlement = settlementOf([first, second], job, [])
    assert.deepEqual(settlement.links.targetIds, ['903'])
  })

  test('are wrong by then where a later job wrote the record: it stays healed', ({ assert }) => {
    const job = new JobAccount('job')
    const slot = slotOf('1', job)
    concludeFault(slot, 'failed', FAULT, true)
    earlyLinks(job)
    slot.isOutdated = true
    assert.isEmpty(settlementOf([], job, []).faults)
  })
})

test('Of a key whose first record counts no more the second tells', ({ assert }) => {
  const account = page(0)
  account.hasRepeats = true
  const first = slotOf('1', account)
  concludeFault(first, 'failed', FAULT, true)
  first.isOutdated = true
  concludeFault(slotOf('1', account), 'rejected', { ...FAULT, code: 'LATER' }, true)
  const { faults, links } = settlementOf([account], null, [])
  assert.deepEqual(
    faults.map(({ code }) => code),
    ['LATER']
  )
  assert.deepEqual(links.states, ['rejected'])
})
