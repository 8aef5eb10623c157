import { test } from '@japa/runner'
import type { Field, Value } from '#sdk'
import { changesOf, isSame } from '#engine/diff'

const CASES: Array<[Field['type'], Value, Value, boolean]> = [
  ['text', 'a', 'a', true],
  ['text', 'a', 'A', false],
  ['text', null, '', true],
  ['text', null, 'x', false],
  ['text', '0', '', false],
  ['decimal', 12.5, '12.50', true],
  ['decimal', '100', '100.00', true],
  ['decimal', '-0.0', '0', true],
  ['decimal', '12.5', '12.51', false],
  ['integer', '7', 7, true],
  ['integer', 70, 7, false],
  ['datetime', '2026-11-21T10:00:00+01:00', '2026-11-21T09:00:00Z', true],
  ['datetime', '2026-11-21T10:00:00+01:00', '2026-11-21T10:00:00Z', false],
  ['boolean', true, 'TRUE', true],
  ['boolean', false, null, false],
  ['multipicklist', ['b', 'a'], ['a', 'b'], true],
  ['multipicklist', [], null, true],
  ['multipicklist', ['a'], ['a', 'b'], false],
  ['lookup', { id: '7', name: 'Ada' }, { id: '7' }, true],
  ['lookup', { id: '7' }, { id: '8' }, false],
  ['json', { a: 1 }, { a: 1 }, true],
]

test.group('diff', () => {
  for (const [type, before, after, expected] of CASES) {
    const [left, right] = [JSON.stringify(before), JSON.stringify(after)]
    test(`${type}: ${left} and ${right} are ${expected ? '' : 'not '}one`, ({ assert }) => {
      assert.equal(isSame(before, after, type), expected)
      assert.equal(isSame(after, before, type), expected)
    })
  }

  test('names only what a write would change', ({ assert }) => {
    const fields = new Map<string, Field>([['Amount', { name: 'Amount', type: 'decimal' }]])
    const changes = changesOf(
      { Name: 'A', Amount: 5 },
      { Name: 'B', Amount: '5.00', City: 'X' },
      fields
    )
    assert.deepEqual(changes, [
      { field: 'Name', before: 'A', after: 'B' },
      { field: 'City', before: null, after: 'X' },
    ])
  })
})
