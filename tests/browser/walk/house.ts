import { createConnection } from 'mysql2/promise'
import crossdock from '#config/crossdock'
import { DeliveryDesk } from '#domain/deliveries/delivery_desk'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { startDue } from '#domain/runs/start_due'
import { createShop } from '#simulators/shop/create_shop'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant, givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { createMariadbDatabase } from '#tests/support/mariadb'

const CUSTOMERS = [1, 2, 3, 4, 5].map((id) => ({ number: 1000 + id, name: `Customer ${id}` }))

/** A shop of 20 orders, of which 5, 13 and 17 cannot become deals as they are, and its customers. */
const SHOP = [
  'create table customers (number bigint primary key, name varchar(80) not null)',
  ...CUSTOMERS.map(({ number, name }) => `insert into customers values (${number}, '${name}')`),
  'alter table orders add customer_number bigint not null default 1001',
  'update orders set customer_number = 1001 + id % 5',
  "update orders set customer_email = 'asks at the desk' where id = 5",
  "update orders set status = 'paid' where id in (5, 13, 17)",
  'create table crm_deals (crm_id varchar(40) primary key, deal_name varchar(200), amount decimal(14,2))',
]

/** What stands around a new user: a shop on MariaDB, an org of Zoho's with accounts, an empty tenant. */
export async function openHouse(seed: number) {
  const tenant = await givenTenant('New House')
  const user = await givenUser({ tenant, role: 'builder' })
  const simulator = await startZohoSimulator({ seed })
  const database = await createMariadbDatabase()
  const { hostname, port, username, password, pathname } = new URL(database.url)
  crossdock.egressAllow.push(new URL(simulator.url).host, `${hostname}:${port}`)
  crossdock.publicUrl = baseUrl()
  await createShop({ kind: 'mysql', url: database.url }, { records: 20, seed })
  const shop = await createConnection({ uri: database.url, dateStrings: true })
  for (const statement of SHOP) await shop.query(statement)
  const records = CUSTOMERS.map(({ number, name }) => {
    return { Account_Name: name, Account_Number: String(number) }
  })
  const made = simulator.edit({ module: 'Accounts', operation: 'create', records })
  if (made.some(({ status }) => status !== 'success')) throw new Error(JSON.stringify(made))
  const desk = new DeliveryDesk()
  return {
    ...{ tenant, user, simulator, shop },
    mysql: {
      ...{ Host: hostname, Port: port, Database: pathname.slice(1) },
      ...{ User: decodeURIComponent(username), Password: decodeURIComponent(password) },
    },
    /** The server's clock, at a moment. */
    async tick(now: number, dispatcher: Dispatcher): Promise<void> {
      await startDue(now)
      await desk.turn(now)
      await desk.settled()
      dispatcher.ring()
    },
    async close() {
      crossdock.publicUrl = null
      await shop.end()
      await simulator.close()
      await database.close()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
