import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import crossdock from '#config/crossdock'
import Run from '#domain/runs/run'
import ServerProcess from '#domain/runs/server_process'
import { endsWithTest } from '#tests/support/ends_with_test'

const LOADER = import.meta.resolve('@poppinss/ts-exec')

/** The real server on this test's database, to be killed at any moment. */
export class KillableServer {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** A thread that a busy machine starves for a second is not hung: leases are long. */
  static async start(leaseSeconds = 15, more: NodeJS.ProcessEnv = {}): Promise<KillableServer> {
    const server = KillableServer.launch(leaseSeconds, more)
    await server.#untilUp()
    return server
  }

  /** One that has only begun to start. */
  static launch(leaseSeconds = 15, more: NodeJS.ProcessEnv = {}): KillableServer {
    const child = spawn(
      process.execPath,
      [`--import=${LOADER}`, '--no-warnings', app.makePath('bin/server.ts')],
      {
        cwd: app.makePath(),
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          PORT: '0',
          LEASE_SECONDS: String(leaseSeconds),
          EGRESS_ALLOW: crossdock.egressAllow.join(','),
          RUNNERS: '1',
          ...more,
        },
      }
    )
    const orphaned = () => child.kill('SIGKILL')
    process.once('exit', orphaned)
    child.once('exit', () => process.off('exit', orphaned))
    const server = new KillableServer(child)
    endsWithTest(async () => void (await server.kill()))
    return server
  }

  /** Resolves with its exit code; null where a signal ended it. */
  async ended(): Promise<number | null> {
    const child = this.#child
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode
  }

  async #untilUp(): Promise<void> {
    while (!(await this.#isUp())) {
      const end = this.#child.exitCode ?? this.#child.signalCode
      if (end !== null) throw new Error(`The server ended with ${end}`)
      await wait(20)
    }
  }

  async #isUp(): Promise<boolean> {
    const { pid } = this.#child
    return pid !== undefined && (await ServerProcess.findBy('pid', pid)) !== null
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const ended = this.ended()
    this.#child.kill(signal)
    return ended
  }

  /** Kills it, and lets its leases run out at once: the next server goes on without a wait. */
  async killForGood(): Promise<void> {
    await this.kill()
    await Run.query()
      .where('leaseOwner', `${hostname()}:${this.#child.pid}`)
      .update({ leaseExpiresAt: 1 })
  }
}
