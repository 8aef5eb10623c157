import { test } from '@japa/runner'
import { plural } from '../../../inertia/composables/format.js'

test.group('A number of things', () => {
  test('is said in the singular for one alone', ({ assert }) => {
    assert.equal(plural(1, 'credit'), '1 credit')
    assert.equal(plural(0, 'credit'), '0 credits')
    assert.equal(plural(1_250, 'credit'), '1,250 credits')
    assert.equal(plural(2, 'entry', 'entries'), '2 entries')
  })
})
