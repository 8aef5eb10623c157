import { createConnection } from 'mysql2/promise'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import type Tenant from '#domain/tenants/tenant'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { endsWithTest } from '#tests/support/ends_with_test'
import { createMariadbDatabase } from '#tests/support/mariadb'
import { Person } from '#tests/support/person'

export interface ZohoAndTables {
  tenant: Tenant
  person: Person
  /** Runs SQL as the owner of the database. */
  sql(text: string): Promise<Array<{ [name: string]: unknown }>>
  /** A connection with a user of its own, who may do no more than this. */
  connectionThatMay(grants: string): Promise<string>
  close(): Promise<void>
}

/** A tenant with a Zoho org, "zoho", and an empty database on a real MariaDB, "warehouse". */
export async function givenZohoAndTables(): Promise<ZohoAndTables> {
  const tenant = await givenTenant()
  const simulator = await startZohoSimulator({})
  const database = await createMariadbDatabase()
  const { hostname, port, username, password, pathname } = new URL(database.url)
  crossdock.egressAllow.push(new URL(simulator.url).host, `${hostname}:${port}`)
  const environment = connectionEnvironment(simulator.options)
  const zoho = parseConnectionFile(connectionFile(simulator.url), 'the simulator', environment)
  await applyConnection(tenant, zoho, null)
  const schema = pathname.slice(1)
  const join = (name: string, user: string, word: string) =>
    applyConnection(
      tenant,
      {
        name,
        connector: 'mysql',
        settings: { host: hostname, port: Number(port), database: schema, user },
        secrets: { password: word },
      },
      null
    )
  await join('warehouse', decodeURIComponent(username), decodeURIComponent(password))
  const users: string[] = []
  async function sql(text: string): Promise<Array<{ [name: string]: unknown }>> {
    const connection = await createConnection({ uri: database.url, dateStrings: true })
    try {
      const [rows] = await connection.query(text)
      return JSON.parse(JSON.stringify(rows))
    } finally {
      await connection.end()
    }
  }
  return {
    tenant,
    person: await Person.signedInTo(simulator),
    sql,
    async connectionThatMay(grants) {
      const user = `u${Math.random().toString(36).slice(2, 10)}`
      await sql(`CREATE USER ${user}@'%' IDENTIFIED BY 'only-for-tests'`)
      users.push(user)
      await sql(`GRANT ${grants} ON ${schema}.* TO ${user}@'%'`)
      await join('narrow', user, 'only-for-tests')
      return 'narrow'
    },
    close: endsWithTest(async () => {
      for (const user of users) await sql(`DROP USER ${user}@'%'`)
      await simulator.close()
      await database.close()
    }),
  }
}
