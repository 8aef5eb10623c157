import { test } from '@japa/runner'
import {
  ConnectorError,
  type CallRoute,
  type Operation,
  type ReadRoute,
  type StreamAccess,
} from '#sdk'
import { PlannedReading } from '#engine/planned_reading'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

/** What a run that ends by an error had planned at its last word. */
async function plannedBy(input: SyncInput): Promise<number> {
  let planned = Number.NaN
  const progress: SyncInput['progress'] = ({ credits }) => (planned = credits.planned)
  try {
    await sync({ ...input, progress })
  } catch {
    return planned
  }
  throw new Error('The run should have failed')
}

function inputOf(operation: Operation, route: CallRoute, lookup: StreamAccess['lookup']) {
  const source = memorySource(orders(300), () => 300)
  const access: StreamAccess = { lookup, lookupCost: (_stream, _match, values) => values / 50 }
  const ledger = new MemoryLedger()
  return makeInput({ source, routes: [route], ledger, operation, target: access })
}

test.group('Credits that come to nothing', () => {
  for (const operation of ['update', 'delete'] as const) {
    test(`a look-up of ${operation} that the end of the run cuts off is planned no more`, async ({
      assert,
    }) => {
      const target = new MemoryTarget('Ref')
      let asked = 0
      const controller = new AbortController()
      const paused = new ConnectorError('rate_limited', 'Paused')
      const route = target.callRoute([operation], [operation])
      const input = inputOf(operation, route, async (ctx, batch) => {
        if (++asked < 2) return target.lookup(ctx, batch)
        controller.abort(paused)
        throw paused
      })
      assert.equal(await plannedBy({ ...input, signal: controller.signal }), 2)
      assert.equal(asked, 2)
    })
  }

  for (const [kind, planned] of [
    ['config', 10],
    ['auth', 10],
    ['fatal', 0],
  ] as const) {
    test(`a call that ends the run by '${kind}' leaves ${planned} planned`, async ({ assert }) => {
      const made = new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'], 300)
      const refuse = () => Promise.reject(new ConnectorError(kind, 'No'))
      const route: CallRoute = { ...made, send: refuse, cost: () => 10 }
      assert.equal(await plannedBy(inputOf('upsert', route, undefined)), planned)
    })
  }

  test('a job is paid as a whole once it begins, and those after it are still ahead', ({
    assert,
  }) => {
    const job: ReadRoute = {
      ...{ name: 'bulk', kind: 'job', maxRecords: 200, isSnapshot: true },
      cost: () => 50,
      suits: () => true,
      async *read() {},
    }
    const plan = { route: job, records: 500, calls: 3, credits: 150 }
    const query = { cursor: null, fields: [], filter: null, incremental: null, pageSize: 100 }
    const reading = new PlannedReading(plan, query)
    const after = (pages: number) => {
      for (let at = 0; at < pages; at++) reading.heard({ records: orders(100), cursor: null })
      return reading.left
    }
    assert.deepEqual(after(0), { records: 300, calls: 2, credits: 100 })
    assert.deepEqual(after(1), { records: 300, calls: 2, credits: 100 })
    assert.deepEqual(after(1), { records: 100, calls: 1, credits: 50 })
    assert.deepEqual(after(3), { records: 0, calls: 0, credits: 0 })
  })

  test('what was not read before the run was paused is planned no more', async ({ assert }) => {
    const controller = new AbortController()
    const paused = new ConnectorError('rate_limited', 'Paused')
    const list: ReadRoute = {
      ...{ name: 'list', kind: 'call', maxRecords: 200, isSnapshot: false },
      cost: () => 1,
      suits: () => true,
      async *read() {
        yield { records: orders(200), cursor: 200 }
        controller.abort(paused)
        throw paused
      },
    }
    const made = new MemoryTarget('Ref').callRoute(['upsert'], ['upsert'], 300)
    const input = inputOf('upsert', { ...made, cost: () => 0 }, undefined)
    const access: StreamAccess = { readRoutes: () => [list], count: async () => 2_000 }
    const source = { ...input.source, access }
    const { signal } = controller
    assert.equal(await plannedBy({ ...input, source, signal, counted: 2_000 }), 1)
  })
})
