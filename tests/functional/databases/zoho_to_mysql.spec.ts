import { test } from '@japa/runner'
import { createConnection } from 'mysql2/promise'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { describeStream } from '#domain/connections/stream_catalog'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { ServiceDefinition } from '#sdk'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { contractContext } from '#tests/support/contract_context'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { createMariadbDatabase } from '#tests/support/mariadb'
import { Person } from '#tests/support/person'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import mysql from '../../../plugins/connectors/mysql/connector.js'

const missing = await mariadbMissing()
const NAMES = [
  'id',
  'Deal_Name',
  'Stage',
  'Amount',
  'Closing_Date',
  'Account_Name',
  'Modified_Time',
]

const definition: ServiceDefinition = {
  name: 'deals-to-table',
  kind: 'export',
  source: { connection: 'zoho', stream: 'Deals' },
  target: {
    connection: 'warehouse',
    stream: 'deals',
    operation: 'upsert',
    match: { by: 'fields', fields: ['id'] },
  },
  mapping: NAMES.map((name) => ({
    to: name,
    from: name,
    ...(name === 'Account_Name' ? { as: 'lookup' as const } : {}),
  })),
}

async function givenHouse() {
  const tenant = await givenTenant()
  const simulator = await startZohoSimulator({})
  const database = await createMariadbDatabase()
  const { hostname, port, username, password, pathname } = new URL(database.url)
  crossdock.egressAllow.push(new URL(simulator.url).host, `${hostname}:${port}`)
  const environment = connectionEnvironment(simulator.options)
  const zoho = parseConnectionFile(connectionFile(simulator.url), 'the simulator', environment)
  const settings = {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
  }
  const secrets = { password: decodeURIComponent(password) }
  const source = await applyConnection(tenant, zoho, null)
  await applyConnection(tenant, { name: 'warehouse', connector: 'mysql', settings, secrets }, null)
  return {
    tenant,
    source,
    person: await Person.signedInTo(simulator),
    ctx: contractContext({ settings, secrets }, { folder: '', authorize: null }),
    async rows(sql: string): Promise<Array<{ [name: string]: unknown }>> {
      const connection = await createConnection({ uri: database.url, dateStrings: true })
      const [rows] = await connection.query(sql)
      await connection.end()
      return JSON.parse(JSON.stringify(rows))
    },
    async close() {
      await simulator.close()
      await database.close()
    },
  }
}

test.group('From Zoho CRM into a table', () => {
  test('a table made for it takes all, then only what has changed', async ({ assert, cleanup }) => {
    const house = await givenHouse()
    cleanup(() => house.close())
    await withTestRunners(async (dispatcher) => {
      const deals = await describeStream(house.source, 'Deals')
      const fields = deals.fields.filter((field) => NAMES.includes(field.name))
      await mysql.discover?.create?.(house.ctx, { name: 'deals', fields, key: ['id'] })
      const ids = await house.person.create(250, "O'Deal 😀")
      const { service } = await applyService(house.tenant, definition, { userId: null })
      const request = { trigger: 'manual' as const, requestedBy: null }
      const run = async () => untilOver(await startRun(service, request), dispatcher)

      const first = await run()
      assert.equal(first.state, 'succeeded', first.errorMessage ?? '')
      assert.equal(first.created, 250)
      const [row] = await house.rows(`SELECT * FROM deals WHERE id = '${ids[7]}'`)
      assert.containSubset(row, { id: ids[7], Deal_Name: "O'Deal 😀 7", Stage: 'Qualification' })

      const second = await run()
      assert.containSubset(second, { state: 'succeeded', created: 0, updated: 0, unchanged: 250 })
      // The start gate counted for the first read; the second knows from the first how many there are.
      assert.deepEqual([first.creditsSpent, second.creditsSpent], [2, 2])

      await house.person.rename(ids[7], 'Renamed')
      const third = await run()
      assert.containSubset(third, { created: 0, updated: 1, unchanged: 249 })
      const renamed = await house.rows(`SELECT id FROM deals WHERE Deal_Name = 'Renamed'`)
      assert.deepEqual(renamed, [{ id: ids[7] }])
    })
  })
    .timeout(60_000)
    .skip(missing !== null, missing ?? '')
})
