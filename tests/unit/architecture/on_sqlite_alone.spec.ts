import { existsSync } from 'node:fs'
import { test } from '@japa/runner'
import { onSqliteAlone } from '#tests/support/on_sqlite_alone'

/** Folders whose promises are those of the database as much as ours. */
const ON_BOTH = ['alerts', 'deliveries', 'history', 'http', 'limits', 'tenants']

test.group('Specs that run on SQLite alone', () => {
  test('exist, and are of no folder that needs both databases', ({ assert }) => {
    assert.isEmpty(onSqliteAlone.filter((path) => !existsSync(path)))
    const isOnBoth = (path: string) => ON_BOTH.includes(path.split('/')[2])
    assert.isEmpty(onSqliteAlone.filter(isOnBoth))
  })
})
