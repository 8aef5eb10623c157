import { test } from '@japa/runner'
import type { StreamAccess } from '#sdk'
import { JobPauses } from '#engine/job_pauses'
import { sync } from '#engine/sync'
import type { World } from '#engine/sync_input'
import { realWorld } from '#workers/world'
import { CallBell } from '#workers/call_bell'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'
import { virtualWorld } from './support/virtual_world.js'

/** A world that notes its pauses, and in which vendors call. */
function hearingWorld() {
  const pauses: number[] = []
  const plain = virtualWorld()
  const state = { calls: 0 }
  const world: World = {
    ...plain,
    heard: () => state.calls,
    sleep(milliseconds, heard) {
      pauses.push(milliseconds)
      return heard !== undefined && state.calls > heard
        ? Promise.resolve()
        : plain.sleep(milliseconds)
    },
  }
  return { world, pauses, call: () => (state.calls += 1) }
}

test.group('the pauses between looks at a job', () => {
  test('are long where the vendor calls back, until it has called', ({ assert }) => {
    const { world, call } = hearingWorld()
    const pauses = new JobPauses(world)
    const length = (pollAfter: number) => pauses.length({ pollAfter, callsBack: true })
    pauses.look()
    assert.equal(length(2_000), 8_000)
    assert.equal(length(30_000), 60_000)
    assert.equal(length(90_000), 90_000)
    assert.equal(pauses.length({ pollAfter: 2_000 }), 2_000)
    call()
    pauses.look()
    assert.equal(length(2_000), 2_000, 'it called, and the job is not over yet')
    pauses.look()
    assert.equal(length(2_000), 8_000)
  })

  test('end by a call that came while the job was looked at', async ({ assert }) => {
    const { world, pauses, call } = hearingWorld()
    const target = new MemoryTarget('Ref')
    const route = target.jobRoute(['upsert'], ['upsert'])
    let looks = 0
    const collect: typeof route.collect = async (...args) => {
      looks += 1
      if (looks === 1) call()
      return looks < 3
        ? { state: 'pending', pollAfter: 10_000, callsBack: true }
        : route.collect(...args)
    }
    const ledger = new MemoryLedger()
    const source = memorySource(orders(5))
    const given = { ...makeInput({ source, routes: [{ ...route, collect }], ledger }), world }
    const started = world.now()
    const report = await sync(given)
    assert.equal(report.counters.created, 5)
    assert.deepEqual(pauses, [40_000, 10_000])
    assert.equal(world.now() - started, 10_000, 'the first pause was over at once')
  })

  test('of a source are the same', async ({ assert }) => {
    const { world, pauses } = hearingWorld()
    const source: StreamAccess = {
      async *read() {
        yield { records: [], cursor: 1, pollAfter: 5_000, callsBack: true }
        yield { records: [], cursor: 1, pollAfter: 5_000 }
        yield { records: orders(2), cursor: 2 }
      },
    }
    const target = new MemoryTarget('Ref')
    const routes = [target.callRoute(['upsert'], ['upsert'])]
    const given = { ...makeInput({ source, routes, ledger: new MemoryLedger() }), world }
    await sync(given)
    assert.deepEqual(pauses, [20_000, 5_000])
  })

  test('end at once by the bell of a thread, and by its end', async ({ assert }) => {
    const stop = new AbortController()
    const bell = new CallBell()
    const world = realWorld(stop.signal, bell)
    const heard = world.heard?.()
    const asleep = world.sleep(600_000, heard)
    bell.ring()
    await asleep
    await world.sleep(600_000, heard)
    const last = world.sleep(600_000, world.heard?.())
    const plain = world.sleep(600_000)
    bell.ring()
    await last
    stop.abort(new Error('Stopped'))
    await assert.rejects(() => plain, 'Stopped')
    await assert.rejects(() => world.sleep(600_000, world.heard?.()), 'Stopped')
  })
})
