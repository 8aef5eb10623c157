import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { Refusal } from '#domain/refusal'
import ServerProcess from '#domain/runs/server_process'

const READY_WITHIN = 60_000

/** The server, as a process of its own: the demo only looks on. */
export class ServerProcessHandle {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(egressAllow: string[]): Promise<ServerProcessHandle> {
    const args = [`--import=${import.meta.resolve('@poppinss/ts-exec')}`, '--no-warnings']
    const child = spawn(process.execPath, [...args, app.makePath('bin/server.ts')], {
      cwd: app.makePath(),
      env: { ...process.env, EGRESS_ALLOW: egressAllow.join(',') },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
    })
    const deadline = Date.now() + READY_WITHIN
    while (!(await ServerProcess.isAnyAlive())) {
      if (child.exitCode !== null) throw new Refusal(`The server did not start: ${said.trim()}`)
      if (Date.now() > deadline) throw new Refusal('The server did not start within a minute')
      await wait(100)
    }
    return new ServerProcessHandle(child)
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }
}
