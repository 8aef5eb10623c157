import { test } from '@japa/runner'
import type { RecordValues, SearchMatch } from '#sdk'
import { sync } from '#engine/sync'
import { Crash, MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { searchInput } from './support/search_input.js'
import { SearchedTarget } from './support/searched_target.js'

function person(id: number, mail: string): RecordValues {
  return { id, mail, phone: null, name: `Now ${mail}` }
}

function scene(match: Partial<SearchMatch> = {}) {
  const target = new SearchedTarget()
  const ledger = new MemoryLedger()
  const attempt = (people: RecordValues[], more: object = {}, pageSize = 1) => {
    const source = memorySource(people, () => pageSize)
    return sync({ ...searchInput({ source, target, ledger, match }), ...more })
  }
  /** An attempt that dies before its first call of the name; what was settled by then stays. */
  const killed = async (people: RecordValues[], name: string, pageSize = 1) => {
    ledger.doom = (call) => (call === name ? 'before' : null)
    await attempt(people, {}, pageSize).then(
      () => Promise.reject(new Error('It lived')),
      (error: unknown) => (error instanceof Crash ? undefined : Promise.reject(error))
    )
    ledger.doom = () => null
  }
  const run = (people: RecordValues[], more: object = {}) => {
    ledger.newRun()
    return attempt(people, more)
  }
  return { target, ledger, attempt, killed, run }
}

test.group('a record that was put in, and nobody knows', () => {
  for (const one of ['update', 'skip'] as const) {
    test(`is not taken for another that its new values find (one: ${one})`, async ({ assert }) => {
      const { target, ledger, killed, run } = scene({ one })
      const [ann] = target.hold({ Mail: 'ann', Name: 'Old' })
      await killed([person(1, 'eve')], 'settle')
      assert.equal(ledger.links.get('1')?.state, 'sending')

      const { counters } = await run([person(1, 'ann')])
      assert.deepInclude(counters, { unclear: 1 })
      assert.equal(ledger.letters.get('1')?.code, 'UNCLEAR')
      assert.equal(target.records.get(ann)?.Name, 'Old')

      await run([person(1, 'eve')])
      const found = target.records.get(ledger.links.get('1')?.targetId ?? '')
      assert.equal(found?.Mail, 'eve', 'with the values that were sent it is found')
      assert.equal(target.records.size, 2)
      assert.isEmpty([...ledger.letters])
    })
  }

  test('is what a person says it is', async ({ assert }) => {
    const { target, ledger, killed, run } = scene()
    const [ann] = target.hold({ Mail: 'ann', Name: 'Old' })
    await killed([person(1, 'eve')], 'settle')
    await run([person(1, 'ann')])
    await run([person(1, 'ann')], { only: ['1'] })
    assert.equal(ledger.links.get('1')?.targetId, ann)
    assert.equal(target.records.get(ann)?.Name, 'Now ann')
    assert.isEmpty([...ledger.letters])
  })

  for (const isKilledAgain of [false, true]) {
    const when = isKilledAgain ? ', though the server dies before its turn' : ''
    test(`is found by the row that it was put in from${when}`, async ({ assert }) => {
      const { target, ledger, attempt, killed } = scene()
      const [ann, twin] = target.hold({ Mail: 'ann', Name: 'Old' }, { Mail: 'ann', Name: 'Twin' })
      const rows = [person(1, 'ann'), person(1, 'eve')]
      await killed(rows, 'settle', 2)
      assert.equal(target.records.size, 3)
      // Now the first row finds one alone.
      target.records.delete(twin)
      if (isKilledAgain) {
        await killed(rows, 'intend')
        assert.equal(ledger.cursor, 1)
        assert.equal(ledger.links.get('1')?.state, 'unclear')
      }
      await attempt(rows)
      assert.equal(ledger.links.get('1')?.state, 'sent')
      const found = target.records.get(ledger.links.get('1')?.targetId ?? '')
      assert.equal(found?.Mail, 'eve')
      assert.equal(target.records.size, 2)
      assert.equal(target.records.get(ann)?.Name, 'Old')
      assert.isEmpty([...ledger.letters])
    })
  }

  test('is found by its row, though one before it is at fault', async ({ assert }) => {
    const { target, ledger, attempt, killed } = scene()
    target.hold({ Mail: 'ann' }, { Mail: 'ann' })
    const rows = [person(1, 'ann'), person(1, 'eve')]
    await killed(rows, 'settle', 2)
    const { counters } = await attempt(rows, {}, 2)
    assert.deepInclude(counters, { rejected: 1, updated: 1 })
    assert.equal(ledger.links.get('1')?.state, 'sent')
    assert.equal(target.records.size, 3)
  })

  test('is in doubt still, when it was at fault in between', async ({ assert }) => {
    const { target, ledger, killed, run } = scene()
    await killed([person(1, 'eve')], 'settle')
    await run([{ ...person(1, ''), mail: null }])
    assert.equal(ledger.letters.get('1')?.code, 'MATCH_EMPTY')
    await run([person(1, 'ann')])
    assert.equal(ledger.letters.get('1')?.code, 'UNCLEAR')
    assert.equal(target.records.size, 1)
  })
})
