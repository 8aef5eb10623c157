import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import type Tenant from '#domain/tenants/tenant'
import { givenTenant } from '#tests/support/app'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { endsWithTest } from '#tests/support/ends_with_test'
import { createMariadbDatabase } from '#tests/support/mariadb'
import { postgresMissing, testPostgres } from '#tests/support/postgres'

interface Tables {
  connector: 'mysql' | 'postgres'
  settings: { [name: string]: string | number }
  password: string
  sql(text: string): Promise<Array<{ [name: string]: unknown }>>
  close(): Promise<void>
}

export interface ShopToTables {
  tenant: Tenant
  /** The source, a file of the tenant: the connection "shop". */
  shop: Database.Database
  /** Runs SQL as the owner of the target, which is the connection "warehouse". */
  sql: Tables['sql']
  close(): Promise<void>
}

export const TABLES_MISSING = {
  mysql: await mariadbMissing(),
  postgres: postgresMissing(),
}

const OPENED = { mysql: openMysql, postgres: openPostgres }

/** A shop in a file, and an empty database on a real server. */
export async function givenShopToTables(connector: Tables['connector']): Promise<ShopToTables> {
  const tenant = await givenTenant()
  const tables = await OPENED[connector]()
  const { settings, password } = tables
  crossdock.egressAllow.push(`${settings.host}:${settings.port}`)
  const folder = join(crossdock.dataRoot, 'files', tenant.id)
  await mkdir(folder, { recursive: true })
  const shop = new Database(join(folder, 'shop.sqlite'))
  const file = { settings: { file: 'shop.sqlite' }, secrets: {} }
  await applyConnection(tenant, { name: 'shop', connector: 'sqlite', ...file }, null)
  const warehouse = { name: 'warehouse', connector, settings, secrets: { password } }
  await applyConnection(tenant, warehouse, null)
  return {
    tenant,
    shop,
    sql: tables.sql,
    close: endsWithTest(async () => {
      shop.close()
      await tables.close()
    }),
  }
}

async function openMysql(): Promise<Tables> {
  const { url, close } = await createMariadbDatabase()
  const { hostname, port, username, password, pathname } = new URL(url)
  const user = decodeURIComponent(username)
  return {
    connector: 'mysql',
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user },
    password: decodeURIComponent(password),
    async sql(text) {
      const connection = await createConnection({ uri: url, dateStrings: true })
      try {
        const [rows] = await connection.query(text)
        return JSON.parse(JSON.stringify(rows))
      } finally {
        await connection.end()
      }
    },
    close,
  }
}

async function openPostgres(): Promise<Tables> {
  const server = await testPostgres()
  const database = `crossdock_tables_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const root = new Client({ ...server, database: 'postgres' })
  await root.connect()
  await root.query(`CREATE DATABASE ${database}`)
  const db = new Client({ ...server, database })
  await db.connect()
  const { host, port, user, password } = server
  return {
    connector: 'postgres',
    settings: { host, port, user, database, schema: 'public' },
    password,
    async sql(text) {
      const { rows } = await db.query(text)
      return JSON.parse(JSON.stringify(rows))
    },
    async close() {
      await db.end()
      await root.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await root.end()
    },
  }
}
