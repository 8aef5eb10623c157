import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { chmod, chown, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { freePort } from '#simulators/shop/free_port'

export interface PostgresServer {
  host: string
  port: number
  user: string
  password: string
}

const run = promisify(execFile)
let started: Promise<PostgresServer> | null = null

/** Why there can be no server here; null if there can. */
export function postgresMissing(): string | null {
  if (process.env.CROSSDOCK_TEST_POSTGRES || programs() !== null) return null
  return 'no PostgreSQL on this machine (apt-get install postgresql), and CROSSDOCK_TEST_POSTGRES is not set'
}

/**
 * The server that CROSSDOCK_TEST_POSTGRES names, else one for this process alone. It ends, and
 * its files go, when the process does, however that ends.
 */
export function testPostgres(): Promise<PostgresServer> {
  const given = process.env.CROSSDOCK_TEST_POSTGRES
  started ??= given ? Promise.resolve(serverOf(new URL(given))) : startPostgres()
  return started
}

function serverOf(url: URL): PostgresServer {
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

function programs(): string | null {
  const folders = globSync('/usr/lib/postgresql/*/bin').sort()
  const all = [...folders.reverse(), ...(process.env.PATH ?? '').split(':')]
  return all.find((folder) => globSync(join(folder, '{postgres,initdb}')).length === 2) ?? null
}

/** PostgreSQL does not run as root. */
async function unprivileged(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name]))).catch(
      () => null
    )
    if (ids) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) }
  }
  throw new Error('There is no user to run PostgreSQL as')
}

/** Its input closes when this process ends: then the server stops and its files are removed. */
const UNTIL_WE_END = '"$@" & server=$!; cat; kill -QUIT $server; wait $server; rm -rf "$0"'

/** `settings` as in postgresql.conf. `$folder` is where `before` may put files. */
export async function startPostgres(
  settings: string[] = [],
  before: (folder: string) => Promise<void> = async () => {}
): Promise<PostgresServer> {
  const bin = programs()
  if (bin === null) throw new Error(postgresMissing() ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'crossdock-postgres-'))
  const as = await unprivileged()
  await before(folder)
  await chmod(folder, 0o700)
  for (const path of [folder, ...globSync(join(folder, '*'))]) {
    if (as.uid !== undefined && as.gid !== undefined) await chown(path, as.uid, as.gid)
  }
  const [data, secret] = [join(folder, 'data'), join(folder, 'secret')]
  const server = {
    host: '127.0.0.1',
    port: await freePort(),
    user: 'crossdock',
    password: 'ship-shape-7',
  }
  await writeFile(secret, server.password, { mode: 0o644 })
  const options = ['-U', server.user, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  const cwd = folder
  await run(join(bin, 'initdb'), ['-D', data, ...options, '-A', 'md5', `--pwfile=${secret}`], {
    ...as,
    cwd,
  })
  const all = [
    ...settings.map((one) => one.replaceAll('$folder', folder)),
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=60',
    'jit=off',
  ]
  const flags = ['-D', data, '-p', String(server.port), ...all.flatMap((one) => ['-c', one])]
  const child = spawn('sh', ['-c', UNTIL_WE_END, folder, join(bin, 'postgres'), ...flags], {
    ...as,
    cwd,
    // A signal to our group must not end the one that tidies up.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await once(child, 'spawn')
  await untilReady(server, () => child.exitCode !== null)
  child.unref()
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function')
    child.stdin.unref()
  return server
}

async function untilReady(server: PostgresServer, isOver: () => boolean): Promise<void> {
  for (;;) {
    const client = new Client({ ...server, database: 'postgres' })
    const error = await client.connect().then(
      () => client.end(),
      (cause: unknown) => cause
    )
    if (error === undefined) return
    if (isOver()) throw new Error('The private PostgreSQL ended while it started', { cause: error })
    await sleep(50)
  }
}
