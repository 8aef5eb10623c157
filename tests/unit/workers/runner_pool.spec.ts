import { setImmediate as beforeTimers, setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { RunnerPool, type PoolOptions } from '#workers/runner_pool'

const HUNG_AFTER = 1_000
const never = () => Promise.reject(new Error('No run is worked here'))
const nothing = () => undefined
const ports: PoolOptions['ports'] = {
  ledger: { open: never, begin: never, match: never, intend: never, settle: never },
  requests: { keep: never },
  quota: {
    acquire: never,
    release: nothing,
    spend: nothing,
    afford: never,
    told: nothing,
    refused: nothing,
  },
  token: { get: never },
}

test.group('A pool of threads', () => {
  test('does not take them for hung because it was not listening itself', async ({
    assert,
    cleanup,
  }) => {
    const pool = new RunnerPool({
      ...{ size: 1, heapMb: 128, hungAfter: HUNG_AFTER, recycleAfter: 10, warmFrom: null, ports },
      ...{ onFree: nothing, onRunOver: nothing, onRunLost: nothing },
      ...{ onProgress: nothing, onAlive: nothing, onLog: nothing },
    })
    cleanup(() => pool.close())
    await pool.settled()
    const thread = pool.free
    await beforeTimers()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4 * HUNG_AFTER)
    await wait(HUNG_AFTER / 2)
    assert.equal(pool.free, thread)
  })
})
