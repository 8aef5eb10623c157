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

export async function hasLinks(serviceId: string): Promise<boolean> {
  const first = await db.from('record_links').where('service_id', serviceId).select('hash').first()
  return first !== null
}

export function matchLinks(
  serviceId: string,
  keys: string[],
  matches: Array<string | null>
): Promise<Matched[]> {
  const client = db.connection()
  return withDriver(client, (raw) => storeOf(client).match(raw, serviceId, keys, matches))
}

export function writeLinks(
  client: QueryClientContract,
  serviceId: string,
  runId: string,
  links: LinkRows
): Promise<void> {
  return withDriver(client, (raw) => storeOf(client).write(raw, serviceId, runId, links))
}
