import { test } from '@japa/runner'
import { ConnectorError, type CallRoute } from '#sdk'
import { recordsRead } from '#engine/counters'
import { LeaseLost } from '#engine/ledger'
import { sync } from '#engine/sync'
import type { SyncInput } from '#engine/sync_input'
import { makeInput, orders } from './support/make_input.js'
import { MemoryLedger } from './support/memory_ledger.js'
import { memorySource } from './support/memory_source.js'
import { MemoryTarget } from './support/memory_target.js'

interface Scene {
  ledger: MemoryLedger
  target: MemoryTarget
  route: CallRoute
  input(): SyncInput
}

function scene(count: number, pageSize = 100): Scene {
  const ledger = new MemoryLedger()
  const target = new MemoryTarget('Ref')
  const route = target.callRoute(['upsert'], ['upsert'])
  const source = memorySource(orders(count), () => pageSize)
  return { ledger, target, route, input: () => makeInput({ source, routes: [route], ledger }) }
}

async function errorOf(run: Promise<unknown>): Promise<unknown> {
  try {
    await run
  } catch (error) {
    return error
  }
  throw new Error('The run should have failed')
}

test.group('trouble', () => {
  test('a cancelled run sends nothing more and stores what is complete', async ({ assert }) => {
    const { ledger, target, input } = scene(5_000)
    const controller = new AbortController()
    const reason = new Error('Cancelled by Ann')
    let calls = 0
    target.luck = {
      ...target.luck,
      call: () => {
        if (++calls === 12) controller.abort(reason)
        return 'none'
      },
    }
    assert.equal(await errorOf(sync({ ...input(), signal: controller.signal })), reason)
    const written = target.records.size
    assert.isAtLeast(written, 1_100)
    assert.isAtMost(written, 1_700)
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    assert.equal(target.records.size, written)
    assert.equal(recordsRead(ledger.counters), ledger.cursor)
    assert.equal(ledger.links.size, written)
  })

  test('a run whose lease is lost stops at once', async ({ assert }) => {
    const { ledger, target, input } = scene(3_000)
    const lease = ledger.lease()
    let settles = 0
    const settle: typeof lease.settle = (settlement) => {
      if (++settles === 3) ledger.lease()
      return lease.settle(settlement)
    }
    const error = await errorOf(sync({ ...input(), ledger: { ...lease, settle } }))
    assert.instanceOf(error, LeaseLost)
    const written = target.records.size
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    assert.isAtMost(target.records.size, written + 500)
    assert.equal(ledger.settlements.length, 2)
  })

  test('an error that a person must mend ends the run, and the next one goes on', async ({
    assert,
  }) => {
    const { ledger, target, route, input } = scene(1_000)
    const { send } = route
    let calls = 0
    route.send = (ctx, batch) =>
      ++calls > 4 ? Promise.reject(new ConnectorError('auth', 'Sign in again')) : send(ctx, batch)
    const error = await errorOf(sync(input()))
    assert.equal((error as Error).message, 'Sign in again')
    assert.equal(recordsRead(ledger.counters), 400)
    route.send = send
    const report = await sync(input())
    assert.equal(report.counters.created, 1_000)
    assert.equal(target.writes.length, 1_000)
  })

  test('refusals for rate are waited for, but not for ever', async ({ assert }) => {
    const { target, input } = scene(300)
    let calls = 0
    target.luck = { ...target.luck, call: () => (++calls < 8 ? 'rate-limited' : 'none') }
    const report = await sync(input())
    assert.equal(report.counters.created, 300)
    assert.equal(report.credits.spent, 30)

    target.luck = { ...target.luck, call: () => 'rate-limited' }
    const given = scene(100)
    given.target.luck = target.luck
    const patient = given.input()
    const error = await errorOf(sync(patient))
    assert.equal((error as ConnectorError).kind, 'rate_limited')
    assert.isAbove(patient.world.now(), 600_000)
    assert.isBelow(patient.world.now(), 800_000)
  })

  test('a record that keeps failing becomes a dead letter, and heals when it arrives', async ({
    assert,
  }) => {
    const { ledger, target, input } = scene(20)
    let tries = 0
    target.luck = {
      ...target.luck,
      record: (record) => {
        if (record.Ref !== 'R7') return 'ok'
        tries++
        return 'fail'
      },
    }
    const report = await sync(input())
    assert.equal(tries, 5)
    assert.include(report.counters, { created: 19, failed: 1 })
    assert.equal(ledger.letters.get('7')?.code, 'BUSY')

    target.luck = { ...target.luck, record: () => 'ok' }
    ledger.newRun()
    const again = await sync({ ...input(), only: ['7'] })
    assert.deepEqual(again.counters, { ...again.counters, created: 1, unchanged: 0 })
    assert.equal(recordsRead(again.counters), 1)
    assert.equal(ledger.letters.size, 0)
  })

  test('what the target rejected is not sent again until it changes', async ({ assert }) => {
    const { ledger, target, input } = scene(20)
    target.luck = {
      ...target.luck,
      record: (record) => (record.Ref === 'R7' ? 'reject' : 'ok'),
    }
    await sync(input())
    ledger.newRun()
    const before = target.calls.length
    const again = await sync(input())
    assert.include(again.counters, { rejected: 1, unchanged: 19 })
    assert.equal(target.calls.length, before)
    assert.equal(ledger.letters.get('7')?.code, 'INVALID')
  })

  test('of two records with one match value the first wins, in every run', async ({ assert }) => {
    const { ledger, target, route } = scene(0)
    const records = orders(10)
    records[8] = { ...records[8], ref: ' r3 ' }
    const source = memorySource(records, () => 4)
    const input = () => makeInput({ source, routes: [route], ledger })
    for (let round = 0; round < 2; round++) {
      const report = await sync(input())
      assert.equal(report.counters.rejected, 1)
      assert.equal(ledger.letters.get('9')?.code, 'DUPLICATE_IN_SOURCE')
      assert.include(ledger.letters.get('9')?.message, "'3'")
      assert.equal(target.records.size, 9)
      ledger.newRun()
    }
  })

  test('a filter drops what it says and rejects what it cannot judge', async ({ assert }) => {
    const { ledger, route } = scene(0)
    const records = orders(6)
    records[1] = { ...records[1], name: 'draft' }
    records[2] = { ...records[2], name: null }
    const input = makeInput({ source: memorySource(records), routes: [route], ledger })
    input.definition.source.filter = 'name.startsWith("O")'
    const report = await sync(input)
    assert.include(report.counters, { created: 4, filtered: 1, rejected: 1 })
    assert.equal(ledger.letters.get('3')?.code, 'FILTER')
  })
})
