import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMariadb, type PrivateMariadb } from '#simulators/shop/start_mariadb'
import { firstLine, runOurs, startOurs, stopOurs, type Environment } from './child.js'

export interface BaselineRun {
  records: number
  seconds: number
  cpuSeconds: number
}

interface ReceiverStats {
  calls: number
  records: number
  bytes: number
  jobs: number
  credits: number
}

/** What both sides share: the shop's database and the receiver, each a process of its own. */
export class Yard {
  private constructor(
    private folder: string,
    readonly mariadb: PrivateMariadb,
    private receiver: ChildProcess,
    readonly target: string
  ) {}

  static async open(): Promise<Yard> {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-yard-'))
    const mariadb = await startMariadb(folder)
    const receiver = startOurs('tests/bench/receiver.ts', {})
    receiver.stderr?.pipe(process.stderr)
    return new Yard(folder, mariadb, receiver, await firstLine(receiver))
  }

  baseline(shop: string, route: string, mapping: 'plain' | 'formulas'): Promise<BaselineRun> {
    return this.bare('baseline.ts', [route, mapping], { BENCH_SHOP: shop })
  }

  /** Lets the receiver hold so many deals for bulk reads. */
  async holdDeals(records: number): Promise<void> {
    const reply = await fetch(`${this.target}/hold?records=${records}`, { method: 'POST' })
    if (!reply.ok) throw new Error(`The receiver answered ${reply.status}`)
    await reply.arrayBuffer()
  }

  /** Runs one of the bare scripts against the receiver. */
  async bare(script: string, args: string[], more: Environment): Promise<BaselineRun> {
    const env = { BENCH_TARGET: this.target, ...more }
    const ended = await runOurs(`tests/bench/${script}`, args, env)
    if (ended.code !== 0) throw new Error(`The bare script failed:\n${ended.stderr}`)
    return JSON.parse(ended.stdout) as BaselineRun
  }

  async stats(): Promise<ReceiverStats> {
    const reply = await fetch(`${this.target}/stats`)
    return (await reply.json()) as ReceiverStats
  }

  async resetStats(): Promise<void> {
    const reply = await fetch(`${this.target}/reset`, { method: 'POST' })
    await reply.arrayBuffer()
  }

  async close(): Promise<void> {
    await stopOurs(this.receiver)
    await this.mariadb.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
