import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'
import { test } from '@japa/runner'
import type { FromRunner, Opening } from '#workers/messages'

const LOADER = import.meta.resolve('@poppinss/ts-exec')
const THREAD = fileURLToPath(new URL('../../../app/workers/runner_thread.ts', import.meta.url))

test.group('A runner thread that is told to part', () => {
  test('says its last word and ends by itself, between two turns', async ({ assert }) => {
    const worker = new Worker(THREAD, { execArgv: [`--import=${LOADER}`, '--no-warnings'] })
    const { port1: line, port2: port } = new MessageChannel()
    const opening: Opening = { port, pulse: 60_000, warmFrom: null }
    worker.postMessage(opening, [port])
    const [ready]: [FromRunner] = await once(line, 'message').then(([said]) => [said])
    assert.equal(ready.type, 'ready')

    const ended = once(worker, 'exit')
    const last = once(line, 'message')
    line.postMessage({ type: 'farewell' })
    const [told] = await last
    assert.equal(told.type, 'told')
    assert.deepEqual(await ended, [1], 'as one that is ended: its run is lost, not over')
  })
})
