import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'

test.group('The SQLite file', () => {
  test('can give back what was pruned', async ({ assert }) => {
    const [{ auto_vacuum: mode }] = await db.rawQuery('pragma auto_vacuum')
    assert.equal(mode, 2)
  }).skip(process.env.DB_CONNECTION === 'mysql', 'MariaDB keeps its own files')
})
