import { test } from '@japa/runner'
import { JobAccount, PageAccount, Slot } from '#engine/account'
import { noCounters } from '#engine/counters'
import { Run } from '#engine/run'
import { Settler } from '#engine/settler'
import { makeInput } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

const SENT = {
  ...{ key: '1', source: {}, target: { Ref: 'R1' }, json: '{"Ref":"R1"}' },
  ...{ hash: 'hash', match: 'r1', targetId: null },
}

function newSettler({ isRepeatable = true, leastSettled = 1 } = {}) {
  const ledger = new MemoryLedger()
  const routes = [new MemoryTarget('Ref').jobRoute(['upsert'], isRepeatable ? ['upsert'] : [])]
  const input = makeInput({ source: memorySource([]), routes, ledger, leastSettled })
  let time = 1_000
  input.world.now = () => time
  const run = new Run(input, noCounters())
  const pass = (milliseconds: number) => (time += milliseconds)
  return { ledger, run, settler: new Settler(run, null), pass }
}

type Hands = ReturnType<typeof newSettler>

/** A page of which all records have outcomes. */
function complete({ settler }: Hands, sequence: number, records: number, size = 0): void {
  const page = new PageAccount(sequence, sequence)
  page.records = records
  page.size = size
  settler.pages.push(page)
  settler.kick()
}

/** A call that is under way until it is told to end. */
function beginCall({ run }: Hands): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  run.spawn(() => promise)
  return resolve
}

const soon = () => new Promise(setImmediate)

/** A ledger that stores nothing before it is told to. */
function heldBack(ledger: MemoryLedger) {
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const settle = ledger.settle.bind(ledger)
  ledger.settle = async (settlement) => {
    begun.resolve()
    await released.promise
    return settle(settlement)
  }
  return { begun: begun.promise, letGo: released.resolve }
}

/** A page that is not settled, and the job that carried all its records and is over. */
function jobIsOver(settler: Settler, sequence: number, records: number): void {
  const page = new PageAccount(sequence, sequence)
  page.records = page.pending = records
  page.size = records * SENT.json.length
  settler.pages.push(page)
  const slots = Array.from({ length: records }, () => new Slot(SENT, page, null))
  const job = new JobAccount(`job ${sequence}`)
  job.carry(slots)
  for (const slot of slots) slot.isDone = true
  settler.lighten(job, slots)
}

test.group('Records that are not settled', () => {
  test('count no more once their jobs are over, but for those beyond 50,000', ({ assert }) => {
    const { settler } = newSettler()
    jobIsOver(settler, 0, 30_000)
    assert.deepEqual(settler.unsettledBeside(0, 0), { records: 0, size: 0 })
    jobIsOver(settler, 1, 20_000)
    assert.deepEqual(settler.unsettledBeside(0, 0), { records: 0, size: 0 })
    jobIsOver(settler, 2, 7_000)
    assert.deepEqual(settler.unsettledBeside(0, 0), { records: 7_000, size: 0 })
  })
})

test.group('A job that is being stored', () => {
  test('is followed by what was complete by then', async ({ assert }) => {
    const { ledger, run, settler } = newSettler()
    const { begun, letGo } = heldBack(ledger)
    const page = new PageAccount(0, 'carried by the job')
    page.pending = 1
    settler.pages.push(page)
    const open = { id: 'job', route: 'bulk_write', ticket: 'ticket', drafts: [SENT] }
    const cost = { route: 'bulk_write', records: 1, calls: 1, credits: 500, took: 1 }
    const slots = [new Slot(SENT, page, null)]
    const stored = settler.storeJob(new JobAccount('job'), slots, open, cost)
    await begun
    settler.pages.push(new PageAccount(1, 'complete meanwhile'))
    settler.kick()
    letGo()
    await stored
    await run.quiet()
    assert.equal(ledger.cursor, 'complete meanwhile')
    assert.lengthOf(ledger.settlements, 2)
    assert.sameMembers([...ledger.jobs.keys()], ['job'])
  })
})

test.group('What is complete', () => {
  test('waits for more while calls are under way', async ({ assert }) => {
    const hands = newSettler({ leastSettled: 3_000 })
    const { ledger } = hands
    const end = beginCall(hands)
    complete(hands, 0, 1_000)
    complete(hands, 1, 1_999)
    await soon()
    assert.lengthOf(ledger.settlements, 0)
    complete(hands, 2, 1)
    await soon()
    assert.equal(ledger.cursor, 2)
    assert.lengthOf(ledger.settlements, 1)
    complete(hands, 3, 1)
    await soon()
    assert.equal(ledger.cursor, 2)
    end()
    await soon()
    assert.equal(ledger.cursor, 3)
  })

  test('is settled where calls only wait for their next try', async ({ assert }) => {
    const hands = newSettler({ leastSettled: 3_000 })
    const { ledger, run } = hands
    let mayCall = () => {}
    run.input.world.sleep = () => new Promise((resolve) => (mayCall = resolve))
    run.spawn(() => run.rest(60_000))
    complete(hands, 0, 1)
    await soon()
    assert.equal(ledger.cursor, 0)
    const end = beginCall(hands)
    complete(hands, 1, 1)
    await soon()
    assert.equal(ledger.cursor, 0)
    run.spawn(() => run.rest(60_000))
    end()
    await soon()
    assert.equal(ledger.cursor, 1)
    mayCall()
  })

  test('waits a quarter of a second at most', async ({ assert }) => {
    const hands = newSettler({ leastSettled: 3_000 })
    beginCall(hands)
    hands.pass(249)
    complete(hands, 0, 1)
    await soon()
    assert.lengthOf(hands.ledger.settlements, 0)
    hands.pass(1)
    complete(hands, 1, 1)
    await soon()
    assert.equal(hands.ledger.cursor, 1)
    hands.pass(249)
    complete(hands, 2, 1)
    await soon()
    assert.equal(hands.ledger.cursor, 1)
  })

  test('does not wait where it holds much, or must not be sent twice', async ({ assert }) => {
    const large = newSettler({ leastSettled: 3_000 })
    beginCall(large)
    complete(large, 0, 1, 4 * 1024 * 1024)
    const strict = newSettler({ leastSettled: 3_000, isRepeatable: false })
    beginCall(strict)
    complete(strict, 0, 1)
    await soon()
    assert.deepEqual([large.ledger.cursor, strict.ledger.cursor], [0, 0])
  })
})
