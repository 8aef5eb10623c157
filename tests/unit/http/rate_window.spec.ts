import { test } from '@japa/runner'
import { RateWindow } from '#http/deliveries/rate_window'

test.group('RateWindow', () => {
  test('lets so many pass within a minute, each key by itself', ({ assert }) => {
    const window = new RateWindow(2)
    const passes = [0, 1, 59_999, 60_000].map((now) => window.take('a', now))
    assert.deepEqual(passes, [true, true, false, true])
    assert.isTrue(window.take('b', 2))
  })
})
