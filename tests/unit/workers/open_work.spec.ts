import { setImmediate as turn } from 'node:timers/promises'
import { test } from '@japa/runner'
import { OpenWork } from '#workers/open_work'

test.group('Work that nobody waits for', () => {
  test('is waited for at the end, with what it begins and whatever fails', async ({ assert }) => {
    const work = new OpenWork()
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const begun = work.add(first.promise.then(() => void work.add(second.promise)))
    const failing = work.add(Promise.reject(new Error('It stumbled')))
    await failing.catch(() => undefined)
    let isSettled = false
    const settled = work.settled().then(() => (isSettled = true))
    first.resolve()
    await begun
    for (let turns = 0; turns < 10; turns += 1) await turn()
    assert.isFalse(isSettled)
    second.resolve()
    await settled
    assert.isTrue(isSettled)
  })

  test('is none at first', async () => {
    await new OpenWork().settled()
  })
})
