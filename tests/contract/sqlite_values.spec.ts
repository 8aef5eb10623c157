import { join } from 'node:path'
import { test } from '@japa/runner'
import Database from 'better-sqlite3'
import type { FieldType, Value } from '#sdk'
import { contractContext, temporaryFolder } from '#tests/support/contract_context'
import sqlite from '../../plugins/connectors/sqlite/connector.js'

/** Declared type, what is stored as SQL, the field's type, what is read. */
const VALUES: Array<[string, string, FieldType, Value]> = [
  ['INTEGER', '9007199254740991', 'integer', 9_007_199_254_740_991],
  ['BIGINT', '-9007199254740993', 'integer', '-9007199254740993'],
  ['INTEGER', "'twelve'", 'integer', 'twelve'],
  ['DECIMAL(12,2)', '12.5', 'decimal', '12.50'],
  ['DECIMAL(12,2)', '12', 'decimal', '12.00'],
  ['DECIMAL(12,2)', '0.125', 'decimal', '0.125'],
  ['REAL', '1.5e-9', 'decimal', '0.0000000015'],
  ['TINYINT(1)', '1', 'boolean', true],
  ['BOOLEAN', '0', 'boolean', false],
  ['BOOLEAN', '7', 'boolean', 7],
  ['DATE', "'2026-02-30'", 'date', '2026-02-30'],
  ['DATETIME(6)', "'2026-01-02 03:04:05.000001'", 'datetime', '2026-01-02 03:04:05.000001'],
  ['VARCHAR(9)', "' a😀 '", 'text', ' a😀 '],
  ['BLOB', "X'00FF'", 'text', 'AP8='],
  ['', '1.5', 'text', '1.5'],
  ['TEXT', 'NULL', 'text', null],
]

test('sqlite reads each value without losing any of it', async ({ assert, cleanup }) => {
  assert.plan(VALUES.length * 2)
  const folder = await temporaryFolder()
  cleanup(folder.remove)
  const db = new Database(join(folder.path, 'file.sqlite'))
  const columns = VALUES.map(([type], at) => `c${at} ${type}`)
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${columns.join()})`)
  db.exec(`INSERT INTO t VALUES (1, ${VALUES.map(([, sql]) => sql).join()})`)
  db.close()

  const connection = { settings: { file: 'file.sqlite' }, secrets: {} }
  const ctx = contractContext(connection, { folder: folder.path, authorize: null })
  const discover = sqlite.discover
  if (!discover?.read) throw new Error('sqlite cannot be read')
  const stream = await discover.describe(ctx, 't')
  const fields = stream.fields.map((field) => field.name)
  const query = { cursor: null, fields, filter: null, incremental: null, pageSize: 10 }
  for await (const { records } of discover.read(ctx, stream, query)) {
    for (const [at, [declared, , type, expected]] of VALUES.entries()) {
      assert.deepEqual(records[0][`c${at}`], expected, `c${at} ${declared}`)
      assert.equal(stream.fields[at + 1].type, type, `c${at} ${declared}`)
    }
  }
})

test('sqlite refuses a table whose key may be null, and says which', async ({
  assert,
  cleanup,
}) => {
  const folder = await temporaryFolder()
  cleanup(folder.remove)
  const db = new Database(join(folder.path, 'file.sqlite'))
  db.exec("CREATE TABLE t (code TEXT PRIMARY KEY); INSERT INTO t VALUES ('a'), (NULL)")
  db.exec('CREATE TABLE keyless (id)')
  db.close()
  const connection = { settings: { file: 'file.sqlite' }, secrets: {} }
  const ctx = contractContext(connection, { folder: folder.path, authorize: null })
  await assert.rejects(
    async () => sqlite.discover?.describe(ctx, 't'),
    /without a value in its key \(code\)/
  )
  await assert.rejects(
    async () => sqlite.discover?.describe(ctx, 'keyless'),
    /keyless has no primary key/
  )
})
