import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { Operation, ServiceDefinition } from '#sdk'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { endsWithTest } from '#tests/support/ends_with_test'
import { withTestRunners } from '#tests/support/with_test_runners'

/** All houses of a seed are one org to the ledger of credits: it has enough for every test. */
const MANY = 2_000

export interface ShopToZoho {
  tenant: Tenant
  service: Service
  simulator: ZohoSimulator
  /** The shop's database, open for edits. */
  shop: Database.Database
  close(): Promise<void>
}

export interface Wish {
  records: number
  route?: string
  operation?: Operation
  incremental?: ServiceDefinition['incremental']
  simulator?: Partial<SimulatorOptions>
}

/** A tenant whose shop of clean orders goes to a simulated Zoho CRM, both real enough to be killed in between. */
export async function givenShopToZoho(wish: Wish): Promise<ShopToZoho> {
  const tenant = await givenTenant()
  const simulator = await startZohoSimulator({ users: MANY, ...wish.simulator })
  crossdock.egressAllow.push(new URL(simulator.url).host)
  const shop = await makeShop(tenant, wish.records)
  const zoho = parseConnectionFile(
    connectionFile(simulator.url),
    'the simulator',
    connectionEnvironment(simulator.options)
  )
  const settings = { file: 'shop.sqlite' }
  await applyConnection(tenant, { name: 'shop', connector: 'sqlite', settings, secrets: {} }, null)
  await applyConnection(tenant, zoho, null)
  const { service } = await withTestRunners(() =>
    applyService(tenant, orderDefinition(wish), { userId: null })
  )
  simulator.faults([])
  return {
    tenant,
    service,
    simulator,
    shop,
    close: endsWithTest(async () => {
      shop.close()
      await simulator.close()
    }),
  }
}

async function makeShop(tenant: Tenant, records: number): Promise<Database.Database> {
  const folder = join(crossdock.dataRoot, 'files', tenant.id)
  await mkdir(folder, { recursive: true })
  const shop = new Database(join(folder, 'shop.sqlite'))
  shop.pragma('journal_mode = WAL')
  shop.exec(
    'create table orders (id integer primary key, number text not null, customer text, total text, status text, updated_at datetime)'
  )
  const insert = shop.prepare('insert into orders values (?, ?, ?, ?, ?, ?)')
  shop.transaction(() => {
    for (let id = 1; id <= records; id += 1) {
      const status = id % 3 === 0 ? 'new' : 'paid'
      insert.run(
        id,
        `SO-${id}`,
        `Customer ${id % 977}`,
        `${id % 5000}.25`,
        status,
        '2026-11-01T08:00:00Z'
      )
    }
  })()
  return shop
}

export function orderDefinition({
  route,
  operation = 'upsert',
  incremental,
}: Wish): ServiceDefinition {
  return {
    name: 'orders-to-deals',
    kind: 'import',
    source: { connection: 'shop', stream: 'orders' },
    target: {
      connection: 'zoho',
      stream: 'Deals',
      operation,
      match: { by: 'fields', fields: ['Order_Ref'] },
      ...(route === undefined ? {} : { route }),
    },
    mapping: [
      { to: 'Order_Ref', from: 'number' },
      { to: 'Deal_Name', formula: 'source.customer + " " + source.number' },
      { to: 'Amount', from: 'total', as: 'decimal' },
      {
        to: 'Stage',
        when: [{ if: 'source.status == "paid"', value: 'Closed Won' }],
        default: 'Qualification',
      },
    ],
    ...(incremental === undefined ? {} : { incremental }),
  }
}
