import type { Context, StreamDescription } from '#sdk'
import { chooseKey } from './choose_key.js'
import { loadTable } from './load_table.js'
import { openSession } from './open_session.js'

export async function describeTable(ctx: Context, name: string): Promise<StreamDescription> {
  const session = await openSession(ctx)
  try {
    const table = await loadTable(ctx, session, name)
    const key = chooseKey(table)
    const growing = key.length === 1 && key[0].kind === 'integer' ? [key[0].name] : []
    const times = table.columns.filter((column) => column.kind === 'instant')
    return {
      name,
      title: name,
      key: key.map((column) => column.name),
      fields: table.columns.map((column) => column.field),
      readable: true,
      writable: table.isWritable,
      cursors: [...times.map((column) => column.name), ...growing],
      pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
    }
  } finally {
    await session.close()
  }
}
