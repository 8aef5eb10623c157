import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { freePort } from '#simulators/shop/free_port'
import { endsWithTest } from '#tests/support/ends_with_test'

/** A Redis of a test's own: on loopback, without files, gone when the test is. */
export class PrivateRedis {
  readonly url: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.url = `redis://127.0.0.1:${port}`
  }

  static async start(): Promise<PrivateRedis> {
    const port = await freePort()
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '']
    const child = spawn('redis-server', [...options, '--appendonly', 'no'], { stdio: 'ignore' })
    const orphaned = () => child.kill('SIGKILL')
    process.once('exit', orphaned)
    child.once('exit', () => process.off('exit', orphaned))
    await once(child, 'spawn')
    const redis = new PrivateRedis(child, port)
    endsWithTest(() => redis.stop())
    await redis.#isUp()
    return redis
  }

  async #isUp(): Promise<void> {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 })
    client.on('error', () => {
      if (this.#child.exitCode !== null) client.disconnect()
    })
    await client.ping()
    client.disconnect()
  }

  /** Whether the machine has a Redis at all. */
  static get isHere(): boolean {
    return spawnSync('redis-server', ['--version']).status === 0
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}
