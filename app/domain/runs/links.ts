import db from '@adonisjs/lucid/services/db'
import type { Database } from 'better-sqlite3'
import type { Connection } from 'mysql2'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { LinkRows, Matched } from '#engine/ledger'
import { withDriver } from '#domain/runs/driver'
import type { LinkStore } from '#domain/runs/link_store'
import { mysqlLinks } from '#domain/runs/mysql_links'
import { sqliteLinks } from '#domain/runs/sqlite_links'

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
