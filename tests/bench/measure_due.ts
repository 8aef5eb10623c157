import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { serviceOf } from './definitions.js'
import { connectionName, type House } from './house.js'
import { shopOf } from './shops.js'
import type { Verdicts } from './verdicts.js'
import type { Yard } from './yard.js'

/** How late runs began, in milliseconds. */
export interface Delays {
  what: string
  runs: number
  p50: number
  p95: number
  max: number
}

interface Row {
  [column: string]: string | number | null
}

const TENANTS = ['due-1', 'due-2', 'due-3', 'due-4', 'due-5']
const SMALL_SHOP = 20
const AHEAD = 3_000
const DAY = 1440

/** Hundreds of services due in one moment, and small ones beside a tenant with a million rows. */
export async function measureDue(
  yard: Yard,
  house: House,
  { verdicts, isQuick }: { verdicts: Verdicts; isQuick: boolean }
): Promise<Delays[]> {
  const each = isQuick ? 10 : 100
  const shop = await shopOf(yard.mariadb, SMALL_SHOP)
  for (const tenant of TENANTS) {
    await house.addTenant(tenant)
    await house.prepare(shop, serviceOf('small-1', connectionName(shop), 'upsert'), tenant)
  }
  const large = await shopOf(yard.mariadb, isQuick ? 100_000 : 1_000_000)
  await house.addTenant('large')
  await house.prepare(large, serviceOf('large', connectionName(large), 'upsert'), 'large')

  const board = new DueBoard(house.databaseFile)
  try {
    for (const tenant of TENANTS) board.multiply(tenant, each)
    const all = await board.due(TENANTS, `${TENANTS.length * each} of five tenants`)
    verdicts.judge(
      `${all.runs} services due in one moment: each slot once`,
      all.runs === TENANTS.length * each
    )
    const alone = await board.due(TENANTS.slice(0, 1), `${each} of one tenant, alone`)
    await house.start('large', 'large')
    const beside = await board.due(TENANTS.slice(0, 1), `${each} of one, beside a large run`)
    if (isQuick) return [all, alone, beside]
    const ratio = beside.p95 / alone.p95
    verdicts.judge(
      `beside a large run small ones begin ${ratio.toFixed(2)} times as late, at most 2`,
      ratio <= 2
    )
    return [all, alone, beside]
  } finally {
    board.close()
  }
}

/** Writes schedules into the server's database, and reads when their runs began. */
class DueBoard {
  readonly #db: Database.Database

  constructor(file: string) {
    this.#db = new Database(file)
    this.#db.pragma('busy_timeout = 10000')
  }

  close(): void {
    this.#db.close()
  }

  /** Makes a tenant's one service many: applying each by a command would take minutes. */
  multiply(tenant: string, count: number): void {
    const service = this.#row('select * from services where tenant_id = ?', this.#idOf(tenant))
    const revision = this.#row('select * from service_revisions where service_id = ?', service.id)
    this.#db.transaction(() => {
      for (let number = 2; number <= count; number += 1) {
        const id = randomUUID()
        this.#insert('services', { ...service, id, name: `small-${number}` })
        this.#insert('service_revisions', { ...revision, id: randomUUID(), service_id: id })
      }
    })()
  }

  /** Lets every service of these tenants be due at one moment, and waits until all have run. */
  async due(tenants: string[], what: string): Promise<Delays> {
    const at = Date.now() + AHEAD
    const services = tenants.flatMap((tenant) => {
      const tenantId = this.#idOf(tenant)
      const ids = this.#db.prepare('select id from services where tenant_id = ?').all(tenantId)
      return (ids as Row[]).map(({ id }) => ({ id, tenantId }))
    })
    const definition = JSON.stringify({ every: DAY, unit: 'minutes' })
    this.#db.transaction(() => {
      for (const { id, tenantId } of services) {
        this.#db.prepare('delete from schedules where service_id = ?').run(id)
        this.#insert('schedules', {
          ...{ id: randomUUID(), tenant_id: tenantId, service_id: id, definition },
          ...{ starts_at: at, next_due_at: at },
        })
      }
    })()
    while (this.#unfinished(at) > 0 || this.#delays(at).length < services.length) await delay(250)
    return summary(what, this.#delays(at))
  }

  #delays(at: number): number[] {
    const rows = this.#db
      .prepare(
        'select r.started_at - s.slot_at as late from schedule_slots s join runs r on r.id = s.run_id where s.slot_at = ? order by late'
      )
      .all(at) as Array<{ late: number }>
    return rows.map(({ late }) => late)
  }

  #unfinished(at: number): number {
    const { count } = this.#row(
      'select count(*) as count from schedule_slots s join runs r on r.id = s.run_id where s.slot_at = ? and r.finished_at is null',
      at
    )
    return Number(count)
  }

  #idOf(tenant: string): string {
    const { id } = this.#row('select id from tenants where slug = ?', tenant)
    return String(id)
  }

  #row(sql: string, value: Row[string]): Row {
    const row = this.#db.prepare(sql).get(value) as Row | undefined
    if (row === undefined) throw new Error(`Nothing found by: ${sql}`)
    return row
  }

  #insert(table: string, row: Row): void {
    const columns = Object.keys(row)
    const places = columns.map((column) => `@${column}`)
    this.#db
      .prepare(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`)
      .run(row)
  }
}

function summary(what: string, late: number[]): Delays {
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))]
  return { what, runs: late.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}
