import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition } from '#sdk'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { endsWithTest } from '#tests/support/ends_with_test'
import { createMariadbDatabase } from '#tests/support/mariadb'
import { testPostgres } from '#tests/support/postgres'
import { withTestRunners } from '#tests/support/with_test_runners'

/** All houses of a seed are one org to the ledger of credits: it has enough for every test. */
const MANY = 2_000

export interface OpenSql {
  query(text: string): Promise<Array<{ [name: string]: unknown }>>
  close(): Promise<void>
}

export interface Shop {
  connection: Parameters<typeof applyConnection>[1]
  /** A connection of its own to the database, as its owner. */
  open(): Promise<OpenSql>
  close(): Promise<void>
}

export interface FlaggedOrders {
  tenant: Tenant
  service: Service
  simulator: ZohoSimulator
  shop: Shop
  sql: OpenSql
  /** The numbers of the orders whose flag is set. */
  flagged(): Promise<string[]>
  close(): Promise<void>
}

export const flaggedDefinition: ServiceDefinition = {
  name: 'orders-to-deals',
  kind: 'import',
  source: { connection: 'shop', stream: 'orders', flag: { field: 'synced' } },
  target: {
    connection: 'zoho',
    stream: 'Deals',
    operation: 'upsert',
    match: { by: 'fields', fields: ['Order_Ref'] },
  },
  mapping: [
    { to: 'Order_Ref', from: 'number' },
    { to: 'Deal_Name', from: 'customer' },
    { to: 'Amount', from: 'total', as: 'decimal' },
    { to: 'Stage', value: 'Qualification' },
  ],
}

/** Orders in a real database, each with the flag `synced`, that go to a simulated Zoho CRM. */
export async function givenFlaggedOrders(wish: {
  on: 'mysql' | 'postgres'
  records: number
  simulator?: Partial<SimulatorOptions>
  target?: Partial<ServiceDefinition['target']>
}): Promise<FlaggedOrders> {
  const tenant = await givenTenant()
  const simulator = await startZohoSimulator({ users: MANY, ...wish.simulator })
  const shop = await (wish.on === 'mysql' ? mysqlShop() : postgresShop())
  const { host, port } = shop.connection.settings
  crossdock.egressAllow.push(new URL(simulator.url).host, `${String(host)}:${String(port)}`)
  const environment = connectionEnvironment(simulator.options)
  const zoho = parseConnectionFile(connectionFile(simulator.url), 'the simulator', environment)
  await applyConnection(tenant, zoho, null)
  await applyConnection(tenant, shop.connection, null)
  const sql = await shop.open()
  for (let from = 1; from <= wish.records; from += 1_000) {
    const count = Math.min(1_000, wish.records - from + 1)
    const rows = Array.from({ length: count }, (_, at) => rowText(from + at))
    await sql.query(`INSERT INTO orders (id, number, customer, total) VALUES ${rows.join(', ')}`)
  }
  const definition = {
    ...flaggedDefinition,
    target: { ...flaggedDefinition.target, ...wish.target },
  }
  const { service } = await withTestRunners(() =>
    applyService(tenant, definition, { userId: null })
  )
  return {
    ...{ tenant, service, simulator, shop, sql },
    async flagged() {
      const rows = await sql.query('SELECT number FROM orders WHERE synced ORDER BY id')
      return rows.map(({ number }) => String(number))
    },
    close: endsWithTest(async () => {
      await sql.close()
      await shop.close()
      await simulator.close()
    }),
  }
}

function rowText(id: number): string {
  return `(${id}, 'SO-${id}', 'Customer ${id}', '${id % 5_000}.25')`
}

const COLUMNS = 'id INT PRIMARY KEY, number VARCHAR(20) NOT NULL UNIQUE, customer VARCHAR(60)'

async function mysqlShop(): Promise<Shop> {
  const database = await createMariadbDatabase()
  const url = new URL(database.url)
  const open = async (): Promise<OpenSql> => {
    const connection = await createConnection({ uri: database.url, dateStrings: true })
    return {
      query: async (text) => {
        const [rows] = await connection.query(text)
        return JSON.parse(JSON.stringify(rows))
      },
      close: () => connection.end(),
    }
  }
  const owner = await open()
  await owner.query(`CREATE TABLE orders (${COLUMNS}, total VARCHAR(20),
    synced TINYINT(1) NOT NULL DEFAULT 0, rank_of FLOAT DEFAULT 0.1,
    updated_at DATETIME NOT NULL DEFAULT '2026-01-01' ON UPDATE CURRENT_TIMESTAMP)`)
  await owner.close()
  const settings = {
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
  }
  const secrets = { password: decodeURIComponent(url.password) }
  const connection = { name: 'shop', connector: 'mysql', settings, secrets }
  return { connection, open, close: database.close }
}

async function postgresShop(): Promise<Shop> {
  const server = await testPostgres()
  const name = `flags_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const openAs = async (database: string): Promise<OpenSql> => {
    const client = new Client({ ...server, database })
    await client.connect()
    return {
      query: async (text) => {
        const { rows } = await client.query(text)
        return rows
      },
      close: () => client.end(),
    }
  }
  const root = await openAs('postgres')
  await root.query(`CREATE DATABASE ${name}`)
  const owner = await openAs(name)
  await owner.query(`CREATE TABLE orders (${COLUMNS}, total VARCHAR(20),
    synced BOOLEAN NOT NULL DEFAULT false, updated_at TIMESTAMP NOT NULL DEFAULT '2026-01-01')`)
  await owner.close()
  const { host, port, user, password } = server
  const settings = { host, port, user, database: name, schema: 'public' }
  return {
    connection: { name: 'shop', connector: 'postgres', settings, secrets: { password } },
    open: () => openAs(name),
    async close() {
      await root.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await root.close()
    },
  }
}
