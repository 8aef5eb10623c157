import { test } from '@japa/runner'
import type { RecordValues, SearchMatch, StreamAccess } from '#sdk'
import { sync } from '#engine/sync'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { searchInput } from './support/search_input.js'
import { SearchedTarget } from './support/searched_target.js'

function person(id: number, mail: string | null, phone: string | null = null): RecordValues {
  return { id, mail, phone, name: `Person ${id}` }
}

function scene(match: Partial<SearchMatch> = {}) {
  const target = new SearchedTarget()
  const ledger = new MemoryLedger()
  const run = (people: RecordValues[], more: object = {}) => {
    ledger.newRun()
    const source = memorySource(people)
    return sync({ ...searchInput({ source, target, ledger, match }), ...more })
  }
  return { target, ledger, run }
}

test.group('match by search', () => {
  test('creates what is missing, updates what is there, asks where there are several', async ({
    assert,
  }) => {
    const { target, ledger, run } = scene()
    const [ann, , twin] = target.hold(
      { Mail: 'ANN@example.com ', Phone: null },
      { Mail: 'bob@example.com', Phone: '1' },
      { Mail: 'bob@example.com', Phone: '2' }
    )
    const people = [
      person(1, 'ann@example.com'),
      person(2, 'bob@example.com'),
      person(3, 'eve@example.com'),
      // A part of another's address, which a poor search finds.
      person(4, 'nn@example.com'),
      person(5, null, null),
    ]
    const { counters } = await run(people)
    assert.deepInclude(counters, { created: 2, updated: 1, rejected: 2 })
    assert.equal(target.records.get(ann)?.Name, 'Person 1')
    assert.equal(ledger.links.get('1')?.targetId, ann)
    const letter = ledger.letters.get('2')
    assert.equal(letter?.code, 'AMBIGUOUS_MATCH')
    const { candidates } = JSON.parse(letter?.payload ?? '{}')
    assert.lengthOf(candidates, 2)
    assert.deepInclude(candidates[1], { id: twin, createdAt: target.records.get(twin)?.Created })
    assert.equal(candidates[1].values.Phone, '2')
    assert.equal(ledger.letters.get('5')?.code, 'MATCH_EMPTY')

    const sent = target.calls.length
    await run([...people.slice(0, 1), ...people.slice(2, 4)])
    assert.lengthOf(target.calls, sent, 'what is paired is not searched for again')
  })

  test('takes the first group that finds something', async ({ assert }) => {
    const { target, ledger, run } = scene()
    const [byPhone, byMail] = target.hold({ Phone: '123' }, { Mail: 'ann@example.com' })
    await run([person(1, 'ann@example.com', '123'), person(2, 'new@example.com', '123')])
    assert.equal(ledger.links.get('1')?.targetId, byMail)
    assert.equal(ledger.links.get('2')?.targetId, byPhone)
  })

  const policies: Array<[Partial<SearchMatch>, object]> = [
    [{ none: 'skip' }, { filtered: 1, updated: 1, rejected: 1 }],
    [{ one: 'skip' }, { created: 1, unchanged: 1, rejected: 1 }],
    [{ many: 'skip' }, { created: 1, updated: 1, filtered: 1 }],
    [{ many: 'oldest' }, { created: 1, updated: 2 }],
    [
      { many: 'newest', one: 'skip' },
      { created: 1, unchanged: 2 },
    ],
  ]
  for (const [match, counters] of policies) {
    test(`follows the policy ${JSON.stringify(match)}`, async ({ assert }) => {
      const { target, ledger, run } = scene(match)
      const [one, old, young] = target.hold({ Mail: 'one' }, { Mail: 'two' }, { Mail: 'two' })
      const people = [person(1, 'one'), person(2, 'two'), person(3, 'three')]
      const report = await run(people)
      assert.deepInclude(report.counters, counters)
      if (match.one !== 'skip') assert.equal(target.records.get(one)?.Name, 'Person 1')
      else assert.isUndefined(target.records.get(one)?.Name)
      if (match.many === 'oldest') assert.equal(ledger.links.get('2')?.targetId, old)
      if (match.many === 'newest') assert.equal(ledger.links.get('2')?.targetId, young)
      if (match.many === 'skip') assert.isFalse(ledger.links.has('2'))
    })
  }

  test('asks where the ages of several tell nothing', async ({ assert }) => {
    const twins = [{ Created: '2026-01-01T00:00:00Z' }, { Created: null }]
    for (const many of ['oldest', 'newest'] as const) {
      for (const [index, { Created }] of twins.entries()) {
        const { target, ledger, run } = scene({ many })
        target.hold({ Mail: 'two', ...twins[0] }, { Mail: 'two', Created })
        const { counters } = await run([person(1, 'two')])
        assert.deepInclude(counters, { created: 0, updated: 0, rejected: 1 }, `${many} ${index}`)
        assert.equal(ledger.letters.get('1')?.code, 'AMBIGUOUS_MATCH')
        const names = [...target.records.values()].map(({ Name }) => Name)
        assert.deepEqual(names, [undefined, undefined])
      }
    }
  })

  test('never pairs two records with one of the target', async ({ assert }) => {
    const { target, ledger, run } = scene({ many: 'oldest' })
    const [ann] = target.hold({ Mail: 'ann' })
    const people = [person(1, 'ann'), person(2, 'ann'), person(3, 'new'), person(4, 'new')]
    const { counters } = await run(people)
    assert.deepInclude(counters, { created: 1, updated: 1, rejected: 2 })
    assert.equal(ledger.letters.get('2')?.code, 'DUPLICATE_IN_SOURCE')
    assert.equal(ledger.letters.get('4')?.code, 'DUPLICATE_IN_SOURCE')
    assert.equal(target.records.get(ann)?.Name, 'Person 1')
    assert.equal(target.records.size, 2)

    // Not in a later run either, even where the target refused the first record.
    target.luck = { ...target.luck, record: ({ Name }) => (Name === 'No' ? 'reject' : 'ok') }
    await run([{ ...person(1, 'ann'), name: 'No' }])
    await run([person(9, 'ann')])
    assert.equal(ledger.letters.get('9')?.code, 'DUPLICATE_IN_SOURCE')
    assert.equal(target.records.get(ann)?.Name, 'Person 1')
  })

  test('compares in one form what is not found as it is written', async ({ assert }) => {
    const { target, ledger, run } = scene({ normalised: true })
    const [exact, phone] = target.hold({ Mail: 'ann' }, { Phone: '+49 (30) 123-456' })
    const people = [
      person(1, 'ann'),
      person(2, 'x', '0049 30 123456'),
      person(3, 'new'),
      person(4, 'other', '0049 30 999999'),
      person(5, null, '+49-30-999999'),
    ]
    const { counters } = await run(people)
    assert.deepInclude(counters, { created: 2, updated: 2, rejected: 1 })
    assert.equal(ledger.links.get('1')?.targetId, exact)
    assert.equal(ledger.links.get('2')?.targetId, phone)
    assert.equal(ledger.letters.get('5')?.code, 'DUPLICATE_IN_SOURCE')
    assert.notInclude(target.calls.join(), 'search')
  })

  test('a person may have a record created although the target holds some like it', async ({
    assert,
  }) => {
    const { target, ledger, run } = scene()
    target.hold({ Mail: 'two' }, { Mail: 'two' })
    const people = [person(1, 'two')]
    await run(people)
    assert.isTrue(ledger.letters.has('1'))
    const { counters } = await run(people, { only: ['1'], fresh: ['1'] })
    assert.deepInclude(counters, { created: 1 })
    assert.isFalse(ledger.letters.has('1'))
    assert.equal(target.records.size, 3)
  })

  test('what a record is about to be given is taken, as if it were there', async ({ assert }) => {
    const { target, ledger, run } = scene()
    const [ann] = target.hold({ Mail: 'ann' })
    await run([person(1, 'ann')])
    const { counters } = await run([person(1, 'moved'), person(2, 'moved'), person(3, 'moved')])
    assert.deepInclude(counters, { updated: 1, created: 0, rejected: 2 })
    assert.equal(ledger.letters.get('2')?.code, 'DUPLICATE_IN_SOURCE')
    assert.include(ledger.letters.get('2')?.message, `'1'`)
    assert.deepEqual([...target.records.keys()], [ann])

    target.luck = { ...target.luck, record: ({ Name }) => (Name === 'No' ? 'reject' : 'ok') }
    const next = [{ ...person(1, 'again'), name: 'No' }, person(2, 'again')]
    const { counters: second } = await run(next)
    assert.deepInclude(second, { created: 1, rejected: 1 }, 'it was not given that after all')
  })

  test('what was written in this run is found by its new values, and no more by the old', async ({
    assert,
  }) => {
    const { target, ledger, run } = scene({ normalised: true })
    const known = [...Array(7).keys()].map((id) => person(id + 1, `m${id + 1}`))
    target.hold(...known.map(({ mail }) => ({ Mail: mail })))
    await run(known)
    const settled = () => ledger.settlements.some(({ links }) => links.keys.includes('1'))
    const changed: RecordValues[] = known.map((each) => ({ ...each, name: 'Changed' }))
    changed[0].mail = 'Moved'
    const unknown = [...Array(7).keys()].map((id) => person(id + 30, `u${id}`))
    const source: StreamAccess = {
      async *read() {
        yield { records: [...unknown, ...changed], cursor: 1 }
        while (!settled()) await new Promise(setImmediate)
        yield { records: [person(21, ' moved'), person(22, 'm1'), person(23, 'm2')], cursor: 2 }
      },
    }
    ledger.newRun()
    await sync(searchInput({ source, target, ledger, match: { normalised: true } }))
    assert.equal(ledger.letters.get('21')?.code, 'DUPLICATE_IN_SOURCE')
    assert.equal(ledger.letters.get('23')?.code, 'DUPLICATE_IN_SOURCE')
    assert.equal(ledger.links.get('22')?.state, 'sent')
    const made = [...target.records.values()].slice(14).map(({ Mail }) => Mail)
    assert.sameMembers(made, ['m1'])
  })

  test('what a person wants created is not mixed up in a later run', async ({ assert }) => {
    const { target, ledger } = scene()
    const [ann, twin] = target.hold({ Mail: 'two' }, { Mail: 'two' })
    target.luck = { ...target.luck, record: () => 'silent', job: () => 'pending' }
    const stop = new AbortController()
    const source = memorySource([person(1, 'two')])
    const input = () => searchInput({ source, target, ledger, byJob: true })
    const progress = () => ledger.jobs.size > 0 && stop.abort(new Error('Stopped'))
    const chosen = { only: ['1'], fresh: ['1'], signal: stop.signal, progress }
    await assert.rejects(() => sync({ ...input(), ...chosen }), 'Stopped')
    assert.equal(ledger.jobs.size, 1)
    const [created] = [...target.records.keys()].slice(2)
    // It never arrived, and a person has removed one of the two.
    for (const id of [created, twin]) target.records.delete(id)
    target.luck = { ...target.luck, job: () => 'ok' }
    ledger.newRun()
    const later = input()
    await sync({ ...later, source: { ...later.source, access: memorySource([]) } })
    assert.notEqual(ledger.links.get('1')?.targetId, ann)
    assert.equal(ledger.letters.get('1')?.code, 'UNCLEAR')
  })

  test('searches in batches, each value once', async ({ assert }) => {
    const { target, run } = scene({ any: [['Mail']] })
    const report = await run([...Array(12).keys()].map((id) => person(id + 1, `m${id}`)))
    const searches = target.calls.filter((call) => call.startsWith('search'))
    assert.deepEqual(searches, ['search Mail 5', 'search Mail 5', 'search Mail 2'])
    const asked = report.batches.filter(({ route }) => route === 'match_search')
    assert.equal(
      asked.reduce((sum, { credits }) => sum + credits, 0),
      3
    )
    assert.equal(report.credits.planned, report.credits.spent)
  })
})
