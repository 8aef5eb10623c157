import db from '@adonisjs/lucid/services/db'
import type { Database } from 'better-sqlite3'
import type { Connection } from 'mysql2'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { LinkRows, Matched } from '#engine/ledger'
import type { LinkStore } from '#domain/runs/link_store'
import { mysqlLinks } from '#domain/runs/mysql_links'
import { sqliteLinks } from '#domain/runs/sqlite_links'

/** Runs `work` on the driver's own connection: the transaction's, or one borrowed from the pool. */
async function withDriver<Result>(
  client: QueryClientContract,
  work: (raw: Database | Connection) => Promise<Result>
): Promise<Result> {
  const knex = client.getWriteClient().client
  const raw = await knex.acquireConnection()
  try {
    return await work(raw)
  } finally {
    await knex.releaseConnection(raw)
  }
}

function storeOf(client: QueryClientContract): LinkStore<Database | Connection> {
  return client.dialect.name === 'mysql' ? mysqlLinks : sqliteLinks
}

export async function hasLinks(service: number): Promise<boolean> {
  const first = await db
    .from('record_links')
    .where('service_number', service)
    .select('hash')
    .first()
  return first !== null
}

export function matchLinks(
  service: number,
  keys: string[],
  matches: Array<string | null>,
  client: QueryClientContract = db.connection()
): Promise<Matched[]> {
  return withDriver(client, (raw) => storeOf(client).match(raw, service, keys, matches))
}

export function writeLinks(
  client: QueryClientContract,
  service: number,
  links: LinkRows
): Promise<void> {
  return withDriver(client, (raw) => storeOf(client).write(raw, service, links))
}
