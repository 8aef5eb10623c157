import { test } from '@japa/runner'
import { routeWords } from '../../../inertia/components/runs/route_words.js'

test.group('A route in words', () => {
  test('says what is done to find matches', ({ assert }) => {
    assert.equal(routeWords('match_search'), 'Search for matches')
    assert.equal(routeWords('match_index'), 'Read what is there, for matches')
  })

  test("keeps the name that a connector's options give it", ({ assert }) => {
    assert.equal(routeWords('bulk_write'), 'bulk_write')
  })
})
