import { test } from '@japa/runner'
import { amount } from '#engine/amount'

test.group('A number with its noun', () => {
  for (const [count, said] of [
    [0, '0 calls'],
    [1, '1 call'],
    [2_000, '2,000 calls'],
  ] as const) {
    test(`${count} is ${said}`, ({ assert }) => assert.equal(amount(count, 'call'), said))
  }
})
