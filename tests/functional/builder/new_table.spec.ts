import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { NewTable } from '#domain/services/new_table'
import type { Role } from '#domain/tenants/membership'
import type { MappingRow, ServiceDefinition } from '#sdk'
import { givenUser } from '#tests/support/app'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { givenZohoAndTables, type ZohoAndTables } from '#tests/support/zoho_and_tables'

const missing = await mariadbMissing()
const SOURCE = { connection: 'zoho', stream: 'Contacts' }

interface Answer {
  ok: boolean
  message?: string
  streams?: Array<{ name: string }>
  makesTables?: boolean
  table?: NewTable
  name?: string
  key?: string[]
  rows?: MappingRow[]
}

async function givenAsker({ tenant }: ZohoAndTables, role: Role = 'builder') {
  const user = await givenUser({ tenant, role })
  const visitor = await Visitor.signedInAs(user)
  const send = (question: string, body: object) =>
    visitor.post(`/t/${tenant.slug}/service-builder/${question}`, body)
  const ask = async (question: string, body: object): Promise<Answer> => {
    const { body: text } = await send(question, body)
    return JSON.parse(text)
  }
  const make = (table: NewTable, target = 'warehouse') =>
    ask('tables', { ...SOURCE, target, table: JSON.stringify(table) })
  return { user, send, ask, make }
}

const definitionOf = (stream: string, key: string[], mapping: MappingRow[]): ServiceDefinition => ({
  name: 'contacts-to-table',
  kind: 'export',
  source: SOURCE,
  target: {
    connection: 'warehouse',
    stream,
    operation: 'upsert',
    match: { by: 'fields', fields: key },
  },
  mapping,
})

const KEY = [{ from: 'id', name: 'id', isKey: true }]

test.group('A table that is not there yet', (group) => {
  let house: ZohoAndTables

  group.tap((each) => each.timeout(60_000).skip(missing !== null, missing ?? ''))
  group.each.setup(async () => {
    house = await givenZohoAndTables()
    return () => house.close()
  })

  test('is proposed, made as the person wants it, and takes the records', async ({ assert }) => {
    await withTestRunners(async (dispatcher) => {
      const { user, ask, make } = await givenAsker(house)
      const ids = await house.person.createContacts([
        { Last_Name: 'Lovelace', First_Name: 'Ada 😀', Email: 'ada@example.com' },
        { Last_Name: 'Turing', Do_Not_Call: true },
      ])
      for (const [connection, makesTables] of [
        ['warehouse', true],
        ['zoho', false],
      ] as const) {
        assert.containSubset(await ask('streams', { connection }), { makesTables })
      }
      const { table } = await ask('table', { ...SOURCE, target: 'warehouse' })
      assert.equal(table?.name, 'contacts')
      assert.deepInclude(table?.columns, { from: 'id', name: 'id', isKey: true })
      assert.deepInclude(table?.columns, { from: 'Last_Name', name: 'last_name', isKey: false })
      const columns = (table?.columns ?? []).map((column) =>
        column.from === 'Last_Name' ? { ...column, name: 'surname' } : column
      )
      const made = await make({ name: ' people ', columns })
      assert.isTrue(made.ok, made.message)
      assert.equal(made.name, 'people')
      const events = AuditEvent.query().where('tenantId', house.tenant.id)
      const event = await events.where('action', 'stream.created').firstOrFail()
      assert.equal(event.userId, user.id)
      const { streams } = await ask('streams', { connection: 'warehouse' })
      assert.deepInclude(streams, { name: 'people', title: 'people' })

      const definition = definitionOf('people', made.key ?? [], made.rows ?? [])
      const { service } = await applyService(house.tenant, definition, { userId: null })
      const request = { trigger: 'manual' as const, requestedBy: null }
      const run = await untilOver(await startRun(service, request), dispatcher)
      assert.containSubset(
        run,
        { state: 'succeeded', created: 2, rejected: 0 },
        run.errorMessage ?? ''
      )
      const rows = await house.sql('SELECT id, first_name, surname, email FROM people ORDER BY id')
      assert.deepEqual(rows, [
        { id: ids[0], first_name: 'Ada 😀', surname: 'Lovelace', email: 'ada@example.com' },
        { id: ids[1], first_name: null, surname: 'Turing', email: null },
      ])
    })
  })

  test('is refused in a sentence, and nothing is made', async ({ assert }) => {
    await house.sql('CREATE TABLE there (id INT PRIMARY KEY)')
    const narrow = await house.connectionThatMay('SELECT')
    await withTestRunners(async () => {
      const { ask, make } = await givenAsker(house)
      const { table } = await ask('table', { ...SOURCE, target: 'warehouse' })
      const columns = table?.columns ?? []
      const said = async (wanted: NewTable, target?: string) => {
        const { message } = await make(wanted, target)
        return String(message)
      }
      assert.match(await said({ name: 'there', columns }), /has a table named there already/)
      assert.match(await said({ name: 'new', columns }, narrow), /may not make tables/)
      assert.match(await said({ name: 'x'.repeat(65), columns }), /cannot be a name/)
      assert.match(await said({ name: ' ', columns }), /table needs a name/)
      assert.match(await said({ name: 'new', columns: [] }), /at least one column/)
      const keyless = columns.map((column) => ({ ...column, isKey: false }))
      assert.match(await said({ name: 'new', columns: keyless }), /Choose the key/)
      const same = columns.map((column) => ({ ...column, name: 'same' }))
      assert.match(await said({ name: 'new', columns: same }), /Two columns cannot be named same/)
      const lost = [...KEY, { from: 'Gone', name: 'gone', isKey: false }]
      assert.match(await said({ name: 'new', columns: lost }), /no field Gone any more/)
      assert.match(await said({ name: 'Leads', columns: KEY }, 'zoho'), /makes no tables/)
      assert.match(await said({ name: 'new', columns: KEY }, 'nowhere'), /connection is gone/)
    })
    assert.lengthOf(await house.sql('SHOW TABLES'), 1)
    const events = await AuditEvent.query().where('action', 'stream.created')
    assert.isFalse(events.some(({ tenantId }) => tenantId === house.tenant.id))
  })

  test('is made by builders alone, and never by saving a service', async ({ assert }) => {
    await withTestRunners(async () => {
      const { send } = await givenAsker(house, 'operator')
      const body = {
        ...SOURCE,
        target: 'warehouse',
        table: JSON.stringify({ name: 'x', columns: KEY }),
      }
      for (const question of ['table', 'tables']) {
        assert.containSubset(await send(question, body), { status: 403 })
      }
      const definition = definitionOf('x', ['id'], [{ to: 'id', from: 'id' }])
      await assert.rejects(
        () => applyService(house.tenant, definition, { userId: null }),
        /named x/
      )
    })
    assert.lengthOf(await house.sql('SHOW TABLES'), 0)
  })
})
