import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectorError, type Context, type Value } from '#sdk'
import { contractHttp, type Authorize } from './contract_http.js'

export interface ConnectionInput {
  settings: { [name: string]: Value }
  secrets: { [name: string]: string }
}

/** A context that is real where it matters, and can tell what a connector left behind. */
export interface ContractContext extends Context {
  abort(reason: Error): void
  /** All that was logged, as text. */
  logged(): string
  /** Sockets and files that are still open; waits a moment for those that are closing. */
  leftOpen(): Promise<number>
}

export interface ContextWorld {
  folder: string
  authorize: Authorize | null
}

export function contractContext(connection: ConnectionInput, world: ContextWorld): ContractContext {
  const cancel = new AbortController()
  const lines: string[] = []
  const opened: Array<Duplex | Readable> = []
  const write = (message: string, fields?: object) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`)
  }
  const filePath = async (name: string) => {
    if (basename(name) !== name) throw new ConnectorError('config', `There is no file ${name}.`)
    return join(world.folder, name)
  }
  return {
    settings: connection.settings,
    secrets: connection.secrets,
    http: contractHttp(world.authorize, cancel.signal),
    connect: async (address) => keep(opened, await openSocket(address)),
    openFile: async (name) => keep(opened, await openFile(await filePath(name), name)),
    filePath,
    signal: cancel.signal,
    log: { info: write, warn: write },
    abort: (reason) => cancel.abort(reason),
    logged: () => lines.join('\n'),
    leftOpen: async () => {
      const open = () => opened.filter((stream) => !stream.destroyed).length
      for (let tries = 0; tries < 40 && open() > 0; tries++) await sleep(25)
      return open()
    },
  }
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'crossdock-contract-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function keep<T extends Duplex | Readable>(opened: Array<Duplex | Readable>, stream: T): T {
  opened.push(stream)
  return stream
}

function openSocket(address: { host: string; port: number }): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

function openFile(path: string, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const stream = createReadStream(path)
    stream.once('open', () => resolve(stream))
    stream.once('error', (cause) => {
      reject(new ConnectorError('config', `There is no file ${name}.`, { cause }))
    })
  })
}
