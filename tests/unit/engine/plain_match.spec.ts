import { test } from '@japa/runner'
import fc from 'fast-check'
import { isPlainMatch } from '#engine/plain_match'

test.group('A match value', () => {
  test('is plain with up to 40 letters of printable ASCII', ({ assert }) => {
    const letter = fc.constantFrom(' ', '~', 'a', '7', '\u001f', '\u007f', 'é', '😀')
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 60 }), (match) => {
        assert.equal(isPlainMatch(match), /^[\x20-\x7e]{0,40}$/.test(match))
      })
    )
    assert.isTrue(isPlainMatch('x'.repeat(40)))
    assert.isFalse(isPlainMatch('x'.repeat(41)))
  })
})
