import { test } from '@japa/runner'
import { HeldIndex } from '#engine/held_index'

const form = (group: number, value: string): string => JSON.stringify([group, value])
const FIRST = [form(0, 'ann'), form(1, '1')]

function held(): { index: HeldIndex; ids: (group: number, value: string) => string[] } {
  const index = new HeldIndex()
  index.add(FIRST, { id: 'a', createdAt: null, values: {} })
  const ids = (group: number, value: string) =>
    index.find(group, form(group, value), null).map(({ id }) => id)
  return { index, ids }
}

test.group('what the target holds, in memory', () => {
  test('does not grow where a record keeps what it had', ({ assert }) => {
    const { index, ids } = held()
    for (let time = 0; time < 5; time++) index.learn('a', FIRST, true)
    assert.equal(index.size, 1)
    index.learn('a', [form(0, 'eve'), form(1, '1')], true)
    for (let time = 0; time < 5; time++) index.learn('a', [form(0, 'eve')], true)
    assert.equal(index.size, 2)
    assert.deepEqual(ids(1, '1'), ['a'], 'a group that was left empty')
  })

  test('forgets what a record no longer has, also once it has its first values again', ({
    assert,
  }) => {
    const { index, ids } = held()
    index.learn('a', [form(0, 'eve'), form(1, '2')], true)
    assert.deepEqual(
      [ids(0, 'ann'), ids(0, 'eve'), ids(1, '1'), ids(1, '2')],
      [[], ['a'], [], ['a']]
    )
    index.learn('a', FIRST, true)
    assert.deepEqual(
      [ids(0, 'ann'), ids(0, 'eve'), ids(1, '1'), ids(1, '2')],
      [['a'], [], ['a'], []]
    )
  })

  test('holds both where it is not sure, until it is', ({ assert }) => {
    const { index, ids } = held()
    index.learn('a', [form(0, 'eve')], false)
    assert.deepEqual([ids(0, 'ann'), ids(0, 'eve')], [['a'], ['a']])
    index.learn('a', [form(0, 'ann')], true)
    assert.deepEqual([ids(0, 'ann'), ids(0, 'eve')], [['a'], []])
  })

  test('knows another record of the same values', ({ assert }) => {
    const { index, ids } = held()
    index.learn('b', FIRST, false)
    assert.deepEqual(ids(0, 'ann'), ['a', 'b'])
  })
})
