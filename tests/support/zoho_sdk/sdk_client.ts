import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

/** A typed object of the SDK as it told of itself: its class in `is`, and its fields. */
export interface Told {
  readonly [field: string]: Told
}

export interface SdkAnswer {
  status: number
  object: Told
}

export interface Session {
  /** The name that the SDK found for its user. */
  user: string | undefined
  apiDomain: string
  refreshToken: string
}

interface Reply {
  id: number
  told?: unknown
  fault?: string
}

interface Waiting {
  resolve(told: unknown): void
  reject(error: Error): void
}

const driver = 'tests/support/zoho_sdk/driver.js'

/** Zoho's SDK in a process of its own, told one action at a time. */
export class SdkClient {
  private readonly scratch = mkdtempSync(join(tmpdir(), 'crossdock-zoho-sdk-'))
  private readonly waiting = new Map<number, Waiting>()
  private readonly child: ChildProcess
  private asked = 0

  constructor(folder: string) {
    this.child = fork(driver, [folder, this.scratch], { serialization: 'advanced' })
    this.child.on('message', (reply: Reply) => this.settle(reply))
    this.child.once('exit', (code) => this.giveUp(`The SDK's process ended with ${code}.`))
  }

  /** By the ready refresh token of the simulator, or by what is given instead. */
  signIn({ url, options }: Pick<ZohoSimulator, 'url' | 'options'>, instead: object = {}) {
    const { clientId, clientSecret, refreshToken } = options
    const grant = { clientId, clientSecret, refreshToken, ...instead }
    return this.send('signIn', { url, ...grant }) as Promise<Session>
  }

  /** Calls an action of tests/support/zoho_sdk/actions; a fault of the SDK is an error. */
  ask(name: string, args: object = {}) {
    return this.send(name, args) as Promise<SdkAnswer>
  }

  async close() {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit')
      this.child.kill()
      await gone
    }
    rmSync(this.scratch, { recursive: true, force: true })
  }

  private send(name: string, args: object) {
    const id = (this.asked += 1)
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.child.send({ id, name, args })
    })
  }

  private settle({ id, told, fault }: Reply) {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (told) waiting?.resolve(told)
    else waiting?.reject(new Error(fault))
  }

  private giveUp(reason: string) {
    for (const { reject } of this.waiting.values()) reject(new Error(reason))
    this.waiting.clear()
  }
}

/** A list that the SDK told of. */
export const list = (told: Told): Told[] => (Array.isArray(told) ? told : [])

/** What the answer's wrapper holds for each record. */
export const rowsOf = ({ object }: SdkAnswer) => list(object.data)
