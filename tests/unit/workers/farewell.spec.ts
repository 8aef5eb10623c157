import { setImmediate as turn } from 'node:timers/promises'
import type { MessagePort, Worker } from 'node:worker_threads'
import { test } from '@japa/runner'
import { LeaseLost } from '#engine/ledger'
import type { Matched } from '#engine/ledger'
import type { Opening, Ports } from '#workers/messages'
import { Runner } from '#workers/runner'
import { RunsUnderWay } from '#workers/runs_under_way'
import { ServerLine } from '#workers/server_line'

const NOTHING = () => undefined
const EVENTS = {
  onReady: NOTHING,
  onRunOver: NOTHING,
  onProgress: NOTHING,
  onAlive: NOTHING,
  onLog: NOTHING,
}

/** A runner whose thread is this one: `port` is its end of the line. */
function given(last: () => void = NOTHING) {
  const spent: number[] = []
  let port: MessagePort | undefined
  let ends = 0
  const worker = {
    postMessage: (opening: Opening) => void (port = opening.port),
    terminate: () => {
      ends += 1
      last()
      port?.close()
      return Promise.resolve(0)
    },
  } as unknown as Worker
  const quota = {
    spend: (_connection: string, _run: string, credits: number) => spent.push(credits),
  }
  const match = Promise.withResolvers<Matched[]>()
  const ports = { quota, ledger: { match: () => match.promise } } as unknown as Ports
  const runner = new Runner('one', worker, { pulse: 1_000, warmFrom: null }, ports, EVENTS)
  if (port === undefined) throw new Error('No line was opened')
  return { runner, port, spent, match, ends: () => ends }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn()
}

test.group('A thread that is ended', () => {
  test('tells what its calls cost first, whatever it spends meanwhile', async ({ assert }) => {
    const { runner, port, spent, ends } = given(() => line.ports.quota.spend('crm', 'run', 5, 1))
    const line = new ServerLine(port)
    line.listen(NOTHING)
    line.tell({ type: 'ready' })
    await until(() => runner.isReady)
    line.ports.quota.spend('crm', 'run', 3, 1)
    const ended = runner.terminate(500)
    assert.isFalse(runner.isReady, 'nobody asks it anything more')
    line.ports.quota.spend('crm', 'run', 4, 1)
    await ended
    runner.lost()
    assert.equal(
      spent.reduce((sum, each) => sum + each, 0),
      12
    )
    assert.equal(ends(), 1)
  })

  test('goes on with nothing of its runs, which are not over', async ({ assert }) => {
    const { runner, port } = given()
    const line = new ServerLine(port)
    const runs = new RunsUnderWay()
    line.listen(({ type }) => {
      if (type === 'farewell') runs.part()
    })
    line.tell({ type: 'ready' })
    await until(() => runner.isReady)
    const { signal } = runs.begin('lease')
    assert.isFalse(runs.isParting)
    await runner.terminate(500)
    assert.instanceOf(signal.reason, LeaseLost)
    assert.isTrue(runs.isParting)
    assert.isTrue(runs.begin('late').signal.aborted)
  })

  test('is not gone before what it asked for is done', async ({ assert }) => {
    const { runner, port, match, ends } = given()
    port.postMessage({ type: 'ready' })
    port.postMessage({ type: 'request', id: 1, port: 'ledger', method: 'match', args: [] })
    await until(() => runner.isReady)
    let isGone = false
    const gone = runner.terminate(0).then(() => (isGone = true))
    await until(() => ends() === 1)
    for (let turns = 0; turns < 10; turns += 1) await turn()
    assert.isFalse(isGone)
    match.resolve([])
    await gone
    assert.isTrue(isGone)
  })

  test('has gone silent at work, or before it was ready', async ({ assert }) => {
    const { runner, port } = given()
    const isHung = (seconds: number) => {
      runner.lastSign = Date.now() - seconds * 1_000
      return runner.isHung({ hungAfter: 5_000, startWithin: 60_000 })
    }
    assert.deepEqual([isHung(4), isHung(50), isHung(70)], [false, false, true])
    port.postMessage({ type: 'ready' })
    await until(() => runner.isReady)
    assert.deepEqual([isHung(4), isHung(6)], [false, true])
    runner.isReady = false
    assert.isFalse(isHung(70), 'worn, it is ended already')
    port.close()
  })

  test('is ended although it does not answer', async ({ assert }) => {
    const { runner, port, ends } = given()
    port.postMessage({ type: 'ready' })
    await until(() => runner.isReady)
    await runner.terminate(500)
    assert.equal(ends(), 1)
  })
})
