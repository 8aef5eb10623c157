import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { freePort } from '#simulators/shop/free_port'
import { temporaryFolder } from './contract_context.js'

export interface DatabaseServer {
  host: string
  port: number
  user: string
  password: string
  stop(): Promise<void>
}

const run = promisify(execFile)

/** Why there can be no server here; null if there can. */
export async function mariadbMissing(): Promise<string | null> {
  if (givenServer() !== null) return null
  const found = (await hasCommand('mariadbd')) && (await hasCommand('mariadb-install-db'))
  return found ? null : 'no mariadbd on this machine, and CROSSDOCK_TEST_MYSQL is not set'
}

export function hasCommand(name: string): Promise<boolean> {
  return run('sh', ['-c', 'command -v "$0"', name]).then(
    () => true,
    () => false
  )
}

/** The server that CROSSDOCK_TEST_MYSQL names, else a private MariaDB. */
export async function contractMariadb(): Promise<DatabaseServer> {
  const url = givenServer()
  if (url === null) return privateMariadb()
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    stop: async () => {},
  }
}

function givenServer(): URL | null {
  const given = process.env.CROSSDOCK_TEST_MYSQL
  return given === undefined || given === '' ? null : new URL(given)
}

/** A server of our own, gone when it is stopped. */
export async function privateMariadb(options: string[] = []): Promise<DatabaseServer> {
  const folder = await temporaryFolder()
  const me = await run('id', ['-un'])
  const user = me.stdout.trim()
  const place = [
    `--datadir=${folder.path}/data`,
    `--user=${user}`,
    // Several servers on one machine may use up what the kernel allows.
    '--innodb-use-native-aio=0',
  ]
  await run('mariadb-install-db', [
    '--no-defaults',
    ...place,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  const port = await freePort()
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      ...place,
      `--port=${port}`,
      `--socket=${folder.path}/server.sock`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      ...options,
    ],
    { stdio: 'ignore' }
  )
  const killLeftover = () => server.kill('SIGKILL')
  process.once('exit', killLeftover)
  const stop = async () => {
    process.off('exit', killLeftover)
    if (server.exitCode === null) {
      server.kill('SIGKILL')
      await once(server, 'exit')
    }
    await folder.remove()
  }
  const address = { host: '127.0.0.1', port, user: 'root', password: '' }
  await untilReady(address, () => server.exitCode !== null)
  return { ...address, stop }
}

async function untilReady(
  address: { host: string; port: number; user: string },
  isOver: () => boolean
): Promise<void> {
  for (;;) {
    const error = await createConnection(address).then(
      (connection) => connection.end(),
      (cause: unknown) => cause
    )
    if (error === undefined) return
    if (isOver()) throw new Error('The private MariaDB ended while it started', { cause: error })
    await sleep(100)
  }
}
