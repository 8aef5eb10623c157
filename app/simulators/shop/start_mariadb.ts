import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './find_program.js'
import { freePort } from './free_port.js'

const installHint = 'install it with `apt-get install mariadb-server`, or use SQLite instead'

export interface PrivateMariadb {
  /** `mysql://shop:…@127.0.0.1:port/shop`; the user may do everything on this instance. */
  url: string
  port: number
  close(): Promise<void>
}

/**
 * A MariaDB of our own on 127.0.0.1, with its files in `folder`; they are kept, and a later
 * start finds them. Its only user has a new random password at each start.
 */
export async function startMariadb(folder: string): Promise<PrivateMariadb> {
  const data = join(resolve(folder), 'mariadb')
  // A socket's path is limited to about 100 letters, and our folder's is not. Temporary tables
  // lie here too: in a common folder one server clears away those of another as it starts.
  const scratch = mkdtempSync(join(tmpdir(), 'cd-'))
  const env = { ...process.env, TMPDIR: scratch }
  if (!existsSync(join(data, 'mysql'))) await install(data, env)
  const password = randomBytes(18).toString('base64url')
  const port = await freePort()
  const accounts = join(scratch, 'accounts.sql')
  writeFileSync(accounts, accountsSql(password), { mode: 0o600 })
  const server = spawn(find('mariadbd'), serverArguments({ data, scratch, port, accounts }), {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const close = () => stop(server, scratch)
  const killed = () => server.kill('SIGKILL')
  process.once('exit', killed)
  server.once('exit', () => process.off('exit', killed))
  try {
    await ready(server)
  } catch (error) {
    await close()
    throw error
  }
  rmSync(accounts)
  return { url: `mysql://shop:${password}@127.0.0.1:${port}/shop`, port, close }
}

function find(program: string): string {
  const path = findProgram(program)
  if (!path) throw new Error(`MariaDB is not on this machine (no ${program}): ${installHint}.`)
  return path
}

async function install(data: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot(),
  ]
  try {
    await promisify(execFile)(find('mariadb-install-db'), args, { env })
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  }
}

// MariaDB refuses to run as root unless told that it is meant.
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

function accountsSql(password: string): string {
  return [
    "DELETE FROM mysql.global_priv WHERE User IN ('', 'root', 'shop');",
    'FLUSH PRIVILEGES;',
    'CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4;',
    `CREATE USER 'shop'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    "GRANT ALL ON *.* TO 'shop'@'127.0.0.1' WITH GRANT OPTION;",
    '',
  ].join('\n')
}

function serverArguments(at: { data: string; scratch: string; port: number; accounts: string }) {
  return [
    '--no-defaults',
    `--datadir=${at.data}`,
    `--socket=${join(at.scratch, 's')}`,
    `--pid-file=${join(at.scratch, 'pid')}`,
    `--port=${at.port}`,
    `--init-file=${at.accounts}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=256M',
    '--innodb-log-file-size=256M',
    '--max-allowed-packet=64M',
    ...asRoot(),
  ]
}

async function ready(server: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.once('exit', (code) => {
      const error = said.split('\n').find((line) => line.includes('[ERROR]')) ?? said.slice(-300)
      fail(new Error(`MariaDB ended with ${code} while starting: ${error.trim()}`))
    })
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000)
      if (said.includes('ready for connections')) done()
    })
  })
}

async function stop(server: ChildProcess, scratch: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = once(server, 'exit')
    server.kill('SIGTERM')
    await gone
  }
  rmSync(scratch, { recursive: true, force: true })
}
