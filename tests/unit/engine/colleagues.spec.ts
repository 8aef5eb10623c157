import { test } from '@japa/runner'
import type { RecordValues } from '#sdk'
import { PageAccount, Slot } from '#engine/account'
import { Claims } from '#engine/claims'
import { newPair } from '#engine/pair'
import { sync } from '#engine/sync'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { searchInput } from './support/search_input.js'
import { SearchedTarget } from './support/searched_target.js'

function person(id: number, phone: string): RecordValues {
  return { id, mail: `m${id}`, phone, name: `Person ${id}` }
}

test.group('colleagues of one phone', () => {
  test('who are known keep what they stand for, though a new one is refused', async ({
    assert,
  }) => {
    const [target, ledger] = [new SearchedTarget(), new MemoryLedger()]
    const run = (people: RecordValues[]) => {
      ledger.newRun()
      return sync(searchInput({ source: memorySource(people), target, ledger }))
    }
    const known = [1, 3, 4, 5]
    await run(known.map((id) => person(id, `0${id}`)))
    const { counters } = await run([1, 2, 3, 4, 5].map((id) => person(id, 'Q')))
    assert.deepInclude(counters, { updated: 4, created: 0, rejected: 1 })
    assert.deepEqual([...ledger.letters.keys()], ['2'])
    for (const id of known) {
      const held = target.records.get(ledger.links.get(String(id))?.targetId ?? '')
      assert.deepInclude(held, { Mail: `m${id}`, Phone: 'Q' })
    }
  })

  test('who were found wait for each that may be what was found', ({ assert }) => {
    const page = new PageAccount(1, null)
    const slots = (['create', 'create', 'update'] as const).map((verdict, index) => {
      const draft = { key: String(index), match: null, hash: '', source: {}, target: {} }
      const slot = new Slot({ ...draft, json: '{}', targetId: null }, page, null)
      slot.pair = { ...newPair(verdict, verdict === 'update' ? 'id 1' : null), claims: ['Q'] }
      return slot
    })
    const claims = new Claims()
    for (const slot of slots.slice(0, 2)) claims.add(slot)
    assert.sameMembers([...claims.before(slots[2])], slots.slice(0, 2))
  })
})
