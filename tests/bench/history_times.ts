import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { Ignitor } from '@adonisjs/core'
import { v7 as uuid } from 'uuid'
import type Service from '#domain/services/service'
import type { RunSearch } from '#domain/runs/run_search'
import { appRoot, importFrom } from '../../bin/app_root.js'
import { prepareTestEnvironment } from '../support/test_environment.js'

/**
 * How long a page of the execution history takes where a tenant has half a million runs, beside
 * the barest query that could feed it. `history_times.ts [--runs=500000]` prints JSON; on MariaDB
 * with DB_CONNECTION=mysql and CROSSDOCK_TEST_MYSQL.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '500000' } } })
const RUNS = Number(values.runs)
const ROUNDS = 40
const AT_ONCE = 500
const PAGE = 26
const START = Date.UTC(2026, 0, 1)
const ANYTHING: RunSearch = {
  ...{ service: null, state: null, trigger: null, from: null, to: null },
  ...{ longer: null, shorter: null, error: null, record: null },
}

/** In milliseconds. */
export interface HistoryTimes {
  runs: number
  /** p95 of the barest query. */
  bare: number
  pages: Array<{ name: string; p95: number }>
}

const removeEnvironment = await prepareTestEnvironment()
const app = new Ignitor(appRoot, { importer: importFrom })
  .tap((made) => {
    made.booting(async () => {
      await import('#start/env')
    })
  })
  .createApp('console')
await app.init()
await app.boot()
const { default: db } = await import('@adonisjs/lucid/services/db')
const { MigrationRunner } = await import('@adonisjs/lucid/migration')
const { searchRuns } = await import('#domain/runs/search_runs')
const { givenService, givenTenant } = await import('#tests/support/app')

async function fill(): Promise<{ tenantId: string; serviceId: string }> {
  const tenant = await givenTenant()
  const services: Service[] = []
  for (let count = 0; count < 20; count += 1) services.push(await givenService(tenant))
  for (let at = 0; at < RUNS; at += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => {
      const number = at + index
      const state = number % 100 === 7 ? 'failed' : 'succeeded'
      const queuedAt = START + number * 30_000
      return {
        id: uuid(),
        tenant_id: tenant.id,
        service_id: services[number % services.length].id,
        ...{ revision: 1, trigger: number % 3 ? 'schedule' : 'manual', state },
        ...{ queued_at: queuedAt, started_at: queuedAt },
        finished_at: queuedAt + ((number * 7919) % 90_000),
        error_message: state === 'failed' ? `The other side did not answer, try ${number}` : null,
      }
    })
    await db.table('runs').multiInsert(rows)
  }
  return { tenantId: tenant.id, serviceId: services[3].id }
}

async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.ceil(ROUNDS * 0.95) - 1]
}

async function measure(): Promise<HistoryTimes> {
  await new MigrationRunner(db, app, { direction: 'up' }).run()
  const { tenantId, serviceId } = await fill()
  const bare = await p95(() =>
    db.from('runs').where('tenant_id', tenantId).orderBy('queued_at', 'desc').limit(PAGE)
  )
  const deep = { queuedAt: START + (RUNS / 2) * 30_000, id: uuid() }
  const searches: Array<[string, Partial<RunSearch>, typeof deep | null]> = [
    ['latest', {}, null],
    ['halfway down', {}, deep],
    ['of a service', { service: serviceId }, null],
    ['failed', { state: 'failed' }, null],
    ['failed, of a service', { service: serviceId, state: 'failed' }, null],
    ['longer than 80 s', { longer: 80 }, null],
    ['with an error text', { error: 'did not answer' }, null],
    ['of a record that nobody knows', { record: 'nobody' }, null],
    ['by replays, of which there are none', { trigger: 'replay' }, null],
  ]
  const pages: HistoryTimes['pages'] = []
  for (const [name, search, from] of searches) {
    const turn = { from, isNewer: false, limit: PAGE }
    pages.push({
      name,
      p95: await p95(() => searchRuns(tenantId, { ...ANYTHING, ...search }, turn)),
    })
  }
  return { runs: RUNS, bare, pages }
}

try {
  process.stdout.write(`${JSON.stringify(await measure())}\n`)
} finally {
  await app.terminate()
  await removeEnvironment()
}
