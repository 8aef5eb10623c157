import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import crossdock from '#config/crossdock'
import { givenTenant } from '#tests/support/app'

test.group('Two processes on one SQLite file', () => {
  test('a transaction that has read may write, although another process wanted to', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const other = new Database(join(crossdock.dataRoot, 'crossdock.sqlite'), { timeout: 0 })
    await db.transaction(async (client) => {
      await client.from('tenants').where('id', tenant.id).first()
      const write = () =>
        other.prepare('update tenants set name = ? where id = ?').run('Other', tenant.id)
      assert.throws(write, /locked/, 'the other one has to wait')
      await client.from('tenants').where('id', tenant.id).update({ name: 'Mine' })
    })
    other.close()
    await tenant.refresh()
    assert.equal(tenant.name, 'Mine')
  }).skip(process.env.DB_CONNECTION === 'mysql', 'SQLite alone locks its file')
})
