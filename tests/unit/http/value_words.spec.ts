import { test } from '@japa/runner'
import { valueWords } from '#http/value_words'
import { changesOf } from '#engine/diff'

test.group('A value on a page', () => {
  test('says in words what it refers to', ({ assert }) => {
    assert.equal(
      valueWords({ by: 'Account_Name', value: 'Acme' }),
      'the one whose Account_Name is Acme'
    )
    assert.equal(valueWords({ by: 'Number', value: 7 }), 'the one whose Number is 7')
    assert.equal(valueWords({ id: '12', name: 'Acme' }), 'Acme (12)')
    assert.equal(valueWords({ id: '12' }), '12')
    assert.equal(
      valueWords([{ id: '12' }, { by: 'Code', value: 'A' }]),
      '12, the one whose Code is A'
    )
  })

  test('is left as it is where it refers to nothing', ({ assert }) => {
    assert.equal(valueWords(null), '')
    assert.equal(valueWords('{"id":"1"}'), '{"id":"1"}')
    assert.equal(valueWords(['a', 'b']), '["a","b"]')
    assert.equal(valueWords({ id: '1', quantity: 2 }), '{"id":"1","quantity":2}')
    assert.equal(valueWords(false), 'false')
  })

  test('is no change where the target links to the one that is looked for', ({ assert }) => {
    const fields = new Map([['Account', { name: 'Account', type: 'lookup' as const }]])
    const present = { Account: { id: '12', name: 'Acme' } }
    const linked = (value: string) => ({ Account: { by: 'Account_Name', value } })
    assert.deepEqual(changesOf(present, linked('acme'), fields), [])
    assert.lengthOf(changesOf(present, linked('Other'), fields), 1)
  })
})
