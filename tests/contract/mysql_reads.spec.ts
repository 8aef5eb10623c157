import { test } from '@japa/runner'
import { createConnection, type Connection } from 'mysql2/promise'
import { ConnectorError, type ReadQuery } from '#sdk'
import { contractContext, type ContractContext } from '#tests/support/contract_context'
import {
  contractMariadb,
  mariadbMissing,
  type DatabaseServer,
} from '#tests/support/contract_mariadb'
import mysql from '../../plugins/connectors/mysql/connector.js'

const missing = await mariadbMissing()
const database = `crossdock_reads_${process.pid}`
const everything = { cursor: null, filter: null, incremental: null, pageSize: 10 }

test.group('mysql in trouble', (group) => {
  let server: DatabaseServer
  let db: Connection

  group.tap((each) => each.skip(missing !== null, missing ?? ''))
  group.setup(async () => {
    if (missing !== null) return
    server = await contractMariadb()
    const { host, port, user, password } = server
    db = await createConnection({ host, port, user, password, multipleStatements: true })
    await db.query(`CREATE DATABASE ${database}; USE ${database};
      CREATE TABLE things (id INT PRIMARY KEY); CREATE TABLE keyless (id INT);
      CREATE VIEW seen AS SELECT * FROM things`)
    const ids = Array.from({ length: 50 }, (_, at) => [at])
    await db.query('INSERT INTO things VALUES ?', [ids])
  })
  group.teardown(async () => {
    if (missing !== null) return
    await db.query(`DROP DATABASE ${database}`)
    await db.end()
    await server.stop()
  })

  function newContext(): ContractContext {
    const { host, port, user, password } = server
    return contractContext(
      { settings: { host, port, user, database }, secrets: { password } },
      { folder: '', authorize: null }
    )
  }

  async function read(ctx: ContractContext, query: Partial<ReadQuery> = {}) {
    const discover = mysql.discover
    if (!discover?.read) throw new Error('mysql cannot be read')
    const stream = await discover.describe(newContext(), 'things')
    const pages = discover.read(ctx, stream, { ...everything, fields: ['id'], ...query })
    return pages[Symbol.asyncIterator]()
  }

  async function connections(): Promise<number[]> {
    const [rows] = await db.query(
      `SELECT id FROM information_schema.PROCESSLIST
       WHERE db = '${database}' AND id <> CONNECTION_ID()`
    )
    return (rows as Array<{ id: number }>).map((row) => row.id)
  }

  test('a cancel does not wait for a query that hangs', async ({ assert }) => {
    const ctx = newContext()
    const pages = await read(ctx)
    await pages.next()
    await db.query('LOCK TABLES things WRITE')
    const hanging = pages.next()
    ctx.abort(new Error('cancelled'))
    await assert.rejects(() => hanging, 'cancelled')
    await db.query('UNLOCK TABLES')
    assert.equal(await ctx.leftOpen(), 0)
  })

  test('a connection that the server ends is worth another try', async ({ assert }) => {
    const ctx = newContext()
    const pages = await read(ctx)
    const first = await pages.next()
    for (const id of await connections()) await db.query(`KILL ${id}`)
    const error: unknown = await pages.next().then(
      () => null,
      (cause: unknown) => cause
    )
    assert.instanceOf(error, ConnectorError)
    assert.propertyVal(error, 'kind', 'transient')
    const again = await read(newContext(), { cursor: first.value?.cursor ?? null })
    const next = await again.next()
    assert.equal(next.value?.records[0].id, 10)
    await again.return?.()
  })

  test('a table or view without a key is refused with the cure', async ({ assert }) => {
    for (const name of ['keyless', 'seen']) {
      await assert.rejects(
        async () => mysql.discover?.describe(newContext(), name),
        /^\S+ has no primary key.*Add a primary key/
      )
    }
  })

  test('a column that is gone is a config error', async ({ assert }) => {
    const pages = await read(newContext(), { fields: ['id', 'gone'] })
    await assert.rejects(() => pages.next(), /things has no column gone/)
  })
})
