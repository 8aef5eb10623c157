import { test } from '@japa/runner'
import { setImmediate as turn } from 'node:timers/promises'
import type { Matched } from '#engine/ledger'
import { sync } from '#engine/sync'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

/** Answers its second question by what it knew before it settled the first page. */
class SlowLedger extends MemoryLedger {
  #asked = 0

  override async match(keys: string[], matches: Array<string | null>): Promise<Matched[]> {
    const known = await super.match(keys, matches)
    if (++this.#asked === 2) {
      while (this.settlements.length === 0) await turn()
      await turn()
    }
    return known
  }
}

test('a record settled while the ledger is asked is known still', async ({ assert }) => {
  const [first, ...others] = orders(1_000)
  const target = new MemoryTarget('Ref')
  const input = makeInput({
    source: memorySource([first, ...others, { ...first }]),
    routes: [target.callRoute(['upsert'], ['upsert'])],
    ledger: new SlowLedger(),
  })
  const { counters } = await sync(input)
  assert.deepInclude(counters, { created: 1_000, updated: 0, unchanged: 1 })
})
