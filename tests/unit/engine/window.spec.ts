import { test } from '@japa/runner'
import { PageAccount, Slot } from '#engine/account'
import { Window } from '#engine/window'

const RECORDS = 3_000

function slotOf(place: number): Slot {
  const [key, match] = [`key-${place}`, `match-${place}`]
  const values = { source: {}, target: {}, json: '{}', hash: 'h', targetId: null }
  return new Slot({ key, match, ...values }, new PageAccount(0, null), null)
}

test.group('The window', () => {
  test('knows by key and match whoever entered and did not leave', ({ assert }) => {
    for (const left of [0, 1, 499, 501, 1_000, 2_999]) {
      const window = new Window()
      const slots = Array.from({ length: RECORDS }, (_, place) => slotOf(place))
      for (const slot of slots) window.enter(slot)
      // Nobody asks before they leave, so that none of them is indexed.
      for (let from = 0; from < left; from += 100) {
        window.leave(slots.slice(from, Math.min(from + 100, left)))
      }
      for (const [place, slot] of slots.entries()) {
        const known = place < left ? undefined : slot
        assert.strictEqual(window.ofKey(`key-${place}`), known, `${place} after ${left} left`)
        assert.strictEqual(window.ofMatch(`match-${place}`), known)
      }
    }
  })
})
