import type { Context, StreamDescription } from '#sdk'
import { loadTable } from './load_table.js'
import { withDatabase } from './open_database.js'

export function describeTable(ctx: Context, name: string): Promise<StreamDescription> {
  return withDatabase(ctx, (db) => {
    const { columns, key } = loadTable(db, name)
    const growing = key.length === 1 && key[0].kind === 'integer' ? [key[0].name] : []
    const times = columns.filter((column) => column.kind === 'datetime')
    return {
      name,
      title: name,
      key: key.map((column) => column.name),
      fields: columns.map((column) => column.field),
      readable: true,
      writable: false,
      cursors: [...times.map((column) => column.name), ...growing],
      pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
    }
  })
}
