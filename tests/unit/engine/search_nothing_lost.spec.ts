import { test } from '@japa/runner'
import fc from 'fast-check'
import type { RecordValues } from '#sdk'
import { recordsRead } from '#engine/counters'
import { dice } from './support/dice.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import type { Mishap } from './support/memory_target.js'
import { runUntilDone } from './support/run_until_done.js'
import { searchInput } from './support/search_input.js'
import { SearchedTarget } from './support/searched_target.js'

const scenario = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 0, max: 120 }),
  pageSize: fc.integer({ min: 1, max: 30 }),
  crashes: fc.constantFrom(0, 0.05, 0.2),
  mishaps: fc.constantFrom(0, 0.1, 0.4),
  bad: fc.constantFrom(0, 0.1),
  byJob: fc.boolean(),
  normalised: fc.boolean(),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Given> ? Given : never

const MISHAPS: Mishap[] = ['lost-before', 'lost-after', 'rate-limited', 'transient']

/** People of whom some come twice, share a mail or a phone, or are in the target already. */
function people(count: number, chance: () => number): RecordValues[] {
  return Array.from({ length: count }, (_, index) => {
    const like = 1 + Math.floor(chance() * count)
    const mail = chance() < 0.2 ? null : `m${chance() < 0.2 ? like : index}@example.com`
    const phone = chance() < 0.5 ? `0049 ${100_000 + (chance() < 0.2 ? like : index)}` : null
    return { id: chance() < 0.1 ? like : index + 1, mail, phone, name: `P${index}` }
  })
}

function play(given: Scenario) {
  const chance = dice(given.seed)
  const records = people(given.count, chance)
  const [ledger, target] = [new MemoryLedger(), new SearchedTarget()]
  for (const { mail, phone } of records) {
    const copies = chance() < 0.7 ? 0 : chance() < 0.8 ? 1 : 2
    for (let copy = 0; copy < copies; copy++) target.hold({ Mail: mail, Phone: phone, Name: 'Old' })
  }
  const held = target.records.size
  const pick = () => MISHAPS[Math.floor(chance() * MISHAPS.length)]
  target.luck = {
    call: () => (chance() < given.mishaps ? pick() : 'none'),
    record: () => {
      if (chance() < given.bad) return 'reject'
      if (chance() >= given.mishaps / 4) return 'ok'
      return chance() < 0.5 ? 'fail' : 'silent'
    },
    job: () => (chance() < given.mishaps ? 'pending' : 'ok'),
  }
  const source = memorySource(records, () => 1 + Math.floor(chance() * given.pageSize))
  const { normalised, byJob } = given
  let attempts = 0
  const finish = () =>
    runUntilDone(
      () => searchInput({ source, target, ledger, byJob, random: chance, match: { normalised } }),
      (attempt) => {
        attempts = attempt + 1
        const risk = attempt > 60 ? 0 : given.crashes
        ledger.doom = () => (chance() < risk ? (chance() < 0.5 ? 'before' : 'after') : null)
      }
    )
  return { records, held, ledger, target, finish, attempts: () => attempts }
}

/** What a person is shown to choose from. */
function listed({ letters }: MemoryLedger): string[] {
  return [...letters.values()].flatMap(({ payload }) => {
    const { candidates = [] }: { candidates?: Array<{ id: string }> } = JSON.parse(payload)
    return candidates.map(({ id }) => id)
  })
}

/** A record whose reply was lost, and one after it that finds what it has put there. */
const FOUND_BY_THE_NEXT: Scenario = {
  ...{ seed: 1_250_171_357, count: 112, pageSize: 10, crashes: 0.05, mishaps: 0.4, bad: 0.1 },
  ...{ byJob: false, normalised: false },
}

/** A key that comes twice: its second row was put in, and its first then found another record. */
const FOUND_BY_THE_ROW_BEFORE: Scenario = {
  ...{ seed: 8, count: 100, pageSize: 25, crashes: 0.05, mishaps: 0, bad: 0.1 },
  ...{ byJob: false, normalised: true },
}
const FOUND_BY_THE_ROW_BEFORE_IN_A_SEARCH: Scenario = {
  ...{ seed: 1_635_809_047, count: 97, pageSize: 30, crashes: 0.05, mishaps: 0.4, bad: 0 },
  ...{ byJob: false, normalised: false },
}
const EXAMPLES = [
  FOUND_BY_THE_NEXT,
  FOUND_BY_THE_ROW_BEFORE,
  FOUND_BY_THE_ROW_BEFORE_IN_A_SEARCH,
].map((given): [Scenario] => [given])

test.group('nothing that is searched for is lost or doubled', () => {
  test('whatever happens', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { records, held, ledger, target, finish, attempts } = play(given)
        const report = await finish()
        assert.equal(recordsRead(report.counters), records.length)
        assert.equal(ledger.jobs.size, 0)
        const made = [...target.records].slice(held)
        assert.equal(new Set(made.map(([id]) => id)).size, made.length)
        const paired = [...ledger.links].filter(([, { targetId }]) => targetId !== null)
        const ids = paired.map(([, { targetId }]) => targetId)
        assert.equal(new Set(ids).size, ids.length, 'two records are paired with one')
        const open = [...ledger.links.values()].filter(({ state }) => state === 'unclear').length
        const known = new Set([...ids, ...listed(ledger)])
        const orphans = made.filter(([id]) => !known.has(id))
        assert.isAtMost(orphans.length, open, 'a record was created twice')
        for (const { id } of records) {
          const state = ledger.links.get(String(id))?.state
          assert.isTrue(state === 'sent' || ledger.letters.has(String(id)), `${id} is lost`)
        }
        // A job taken up by another process may be tried again after a later record of its key.
        if (given.byJob && attempts() > 1) return
        for (const [key, { state, targetId }] of ledger.links) {
          if (state !== 'sent') continue
          const last = records.findLast(({ id }) => String(id) === key)
          assert.equal(target.records.get(targetId ?? '')?.Name, last?.name)
        }
      }),
      { numRuns: 300, examples: EXAMPLES }
    )
  }).timeout(120_000)
})
