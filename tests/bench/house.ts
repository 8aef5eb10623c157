import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '#simulators/shop/free_port'
import type { PrivateMariadb } from '#simulators/shop/start_mariadb'
import { runOurs, startOurs, stopOurs, type Environment } from './child.js'
import { serviceOf, shopConnection, type Target, type Wish } from './definitions.js'
import type { Storage } from './options.js'
import type { Report } from './report.js'
import { untilRunEnds } from './run_end.js'
import { databaseOn } from './shops.js'

/** Our server with a data folder of its own, driven from outside as a person would: by commands. */
export class House {
  #known = new Set<string>()

  private constructor(
    private folder: string,
    private env: Environment,
    private server: ChildProcess,
    private zoho: Target
  ) {}

  static async open(storage: Storage, mariadb: PrivateMariadb, zoho: Target): Promise<House> {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-bench-'))
    const env = { ...(await environment(folder, storage, mariadb, zoho.url)), ...zoho.environment }
    await ace(env, ['migration:run', '--force'])
    const house = new House(folder, env, startServer(env), zoho)
    try {
      await answering(Number(env.PORT))
      await house.ace(['tenant:create', 'bench'])
      await house.apply('connection', zoho.connection)
      return house
    } catch (error) {
      await house.close()
      throw error
    }
  }

  /** Runs a service of its own name over a shop; every call makes a new one. */
  async run(name: string, shop: string, route?: string, more: Wish = {}): Promise<Report> {
    await this.prepare(shop, serviceOf(name, connectionName(shop), route, more))
    return this.perform(name)
  }

  /** Runs a service with nothing of ours beside the server while it is under way. */
  async perform(name: string): Promise<Report> {
    const { id } = await this.json<{ id: string }>([
      'service:run',
      name,
      '--tenant=bench',
      '--json',
    ])
    await untilRunEnds(this.env, this.databaseFile, id)
    return this.json<Report>(['run:show', id, '--json'], [0, 1, 2])
  }

  /** Makes a service, and the connection to its shop. */
  async prepare(shop: string, service: string, tenant = 'bench'): Promise<void> {
    const connection = connectionName(shop)
    const name = `${tenant} ${connection}`
    if (!this.#known.has(name)) {
      await this.apply('connection', shopConnection(connection, shop), tenant)
      this.#known.add(name)
    }
    await this.apply('service', service, tenant)
  }

  /** A tenant of its own, with its own connection to the target. */
  async addTenant(slug: string): Promise<void> {
    await this.ace(['tenant:create', slug])
    await this.apply('connection', this.zoho.connection, slug)
  }

  /** Starts a run of a service and does not wait for it. */
  async start(service: string, tenant: string): Promise<void> {
    await this.ace(['service:run', service, `--tenant=${tenant}`])
  }

  /** The SQLite file, where the server runs on one. */
  get databaseFile(): string {
    return join(this.folder, 'crossdock.sqlite')
  }

  /** What a command prints with --json. */
  async json<T>(args: string[], codes = [0]): Promise<T> {
    const { stdout, stderr } = await this.ace(args, codes)
    const start = stdout.indexOf('{')
    if (start === -1) throw new Error(`ace ${args.join(' ')} printed no JSON: ${stdout}${stderr}`)
    return JSON.parse(stdout.slice(start)) as T
  }

  /** Ends the server without a warning, and starts it again. */
  async killAndRestart(): Promise<void> {
    const gone = once(this.server, 'exit')
    this.server.kill('SIGKILL')
    await gone
    this.server = startServer(this.env)
    await answering(Number(this.env.PORT))
  }

  /** Resident bytes of the server, runners included. */
  residentBytes(): number {
    const [, pages] = readFileSync(`/proc/${this.server.pid}/statm`, 'utf8').split(' ')
    return Number(pages) * 4096
  }

  /** How late the main event loop was since the last question, in milliseconds. */
  async loopDelay(): Promise<{ p99: number; max: number }> {
    const file = this.env.BENCH_LOOP_FILE ?? ''
    rmSync(file, { force: true })
    this.server.kill('SIGUSR2')
    while (!existsSync(file) || readFileSync(file).length === 0) await delay(20)
    return JSON.parse(readFileSync(file, 'utf8')) as { p99: number; max: number }
  }

  async close(): Promise<void> {
    await stopOurs(this.server)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async apply(
    noun: 'connection' | 'service',
    definition: string,
    tenant = 'bench'
  ): Promise<void> {
    const file = join(this.folder, `${noun}.yaml`)
    writeFileSync(file, definition)
    await this.ace([`${noun}:apply`, file, `--tenant=${tenant}`])
  }

  private ace(args: string[], codes = [0]) {
    return ace(this.env, args, codes)
  }
}

function startServer(env: Environment): ChildProcess {
  const before = ['--import=./tests/bench/loop_delay.ts', ...profiling()]
  const server = startOurs('bin/server.ts', env, before)
  server.stdout?.resume()
  server.stderr?.pipe(process.stderr)
  return server
}

export const connectionName = (shop: string) => new URL(shop).pathname.slice(1).replaceAll('_', '-')

/** BENCH_PROFILE=folder writes a CPU profile of each thread of the server there. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
}

async function ace(env: Environment, args: string[], codes = [0]) {
  const ended = await runOurs('ace.js', args, env)
  if (codes.includes(ended.code ?? -1)) return ended
  throw new Error(`ace ${args.join(' ')} ended with ${ended.code}:\n${ended.stdout}${ended.stderr}`)
}

async function environment(
  folder: string,
  storage: Storage,
  mariadb: PrivateMariadb,
  target: string
): Promise<Environment> {
  const database = new URL(await databaseOn(mariadb, `crossdock_${Date.now()}`))
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    APP_KEY: randomBytes(32).toString('base64url'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    DATA_DIR: folder,
    DB_CONNECTION: storage,
    MYSQL_HOST: '127.0.0.1',
    MYSQL_PORT: String(mariadb.port),
    MYSQL_USER: database.username,
    MYSQL_PASSWORD: database.password,
    MYSQL_DATABASE: database.pathname.slice(1),
    EGRESS_ALLOW: `127.0.0.1:${mariadb.port},${new URL(target).host}`,
    RUNNER_HEAP_MB: '256',
    BENCH_LOOP_FILE: join(folder, 'loop.json'),
    BENCH_SHOP_PASSWORD: database.password,
  }
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await listens(port)) return
    await delay(100)
  }
  throw new Error(`The server did not open its port ${port} in 30 seconds`)
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
