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

function newSettler() {
  const ledger = new MemoryLedger()
  const routes = [new MemoryTarget('Ref').jobRoute(['upsert'], ['upsert'])]
  const run = new Run(makeInput({ source: memorySource([]), routes, ledger }), noCounters())
  return { ledger, run, settler: new Settler(run, null) }
}

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
    const stored = settler.storeJob(new JobAccount('job'), [new Slot(SENT, page, null)], open)
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
