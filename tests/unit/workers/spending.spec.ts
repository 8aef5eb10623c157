import { test } from '@japa/runner'
import fc from 'fast-check'
import { Spending } from '#workers/spending'

type Word = ['spend', string, number] | ['told', string, number]

/**
 * What the server believes is left once it has heard all, and what was spent by run. Of what is
 * told between two flushes the lowest figure holds.
 */
function believed(words: Array<Word | 'flush'>) {
  const left = new Map<string, number>()
  const spent = new Map<string, number>()
  const lowest = new Map<string, number>()
  for (const word of words) {
    if (word === 'flush') {
      lowest.clear()
      continue
    }
    const [kind, connection, figure] = word
    if (kind === 'told') {
      if ((lowest.get(connection) ?? Infinity) <= figure) continue
      lowest.set(connection, figure)
      left.set(connection, figure)
    } else {
      left.set(connection, (left.get(connection) ?? 1000) - figure)
      spent.set(connection, (spent.get(connection) ?? 0) + figure)
    }
  }
  return { left, spent }
}

const words = fc.array(
  fc.oneof(
    fc.tuple(fc.constant('spend' as const), fc.constantFrom('a', 'b'), fc.integer({ max: 50 })),
    fc.tuple(fc.constant('told' as const), fc.constantFrom('a', 'b'), fc.nat(1000)),
    fc.constant('flush' as const)
  )
)

test.group('spending', () => {
  test('what is gathered leaves the server with the same belief', ({ assert }) => {
    fc.assert(
      fc.property(words, (said) => {
        const heard: Array<Word | 'flush'> = []
        const spending = new Spending({
          spend: (connection, _run, credits) => void heard.push(['spend', connection, credits]),
          told: (connection, remaining) => void heard.push(['told', connection, remaining]),
        })
        for (const word of said) {
          if (word === 'flush') {
            spending.flush()
            heard.push('flush')
          } else if (word[0] === 'spend') spending.spend(word[1], 'run', word[2], 1)
          else spending.told(word[1], word[2])
        }
        spending.flush()
        assert.deepEqual(believed(heard), believed(said))
      })
    )
  })

  test('replies that overtook each other tell the lowest figure', ({ assert }) => {
    const heard: number[] = []
    const spending = new Spending({
      spend: () => {},
      told: (_connection, remaining) => void heard.push(remaining),
    })
    for (const remaining of [140, 100, 120, 110]) spending.told('a', remaining)
    spending.flush()
    spending.told('a', 130)
    spending.flush()
    assert.deepEqual(heard, [100, 130], 'what comes later may be more: credits come back')
  })

  test('a thousand calls are one message, told by itself', async ({ assert }) => {
    const heard: unknown[] = []
    await new Promise<void>((resolve) => {
      const spending = new Spending({
        spend: (...args) => {
          heard.push(args)
          resolve()
        },
        told: () => {},
      })
      for (let call = 0; call < 1000; call += 1) spending.spend('a', 'run', 10, 1)
    })
    assert.deepEqual(heard, [['a', 'run', 10_000, 1000]])
  })
})
