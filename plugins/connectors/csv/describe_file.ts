import { ConnectorError, type Context, type Field, type StreamDescription } from '#sdk'
import { layoutOf, ROW_FIELD, SURPLUS_FIELD } from './layout.js'

export async function describeFile(ctx: Context, name: string): Promise<StreamDescription> {
  if (name !== String(ctx.settings.file)) {
    throw new ConnectorError('config', `This connection has no file named ${name}.`)
  }
  const { columns } = await layoutOf(ctx)
  if (columns.length === 0) throw new ConnectorError('config', `${name} is empty.`)
  return {
    name,
    title: name,
    key: keyOf(ctx, columns),
    fields: [
      ...columns.map((column): Field => ({ name: column, type: 'text', nullable: true })),
      { name: ROW_FIELD, label: 'Row number', type: 'integer', nullable: false, unique: true },
      { name: SURPLUS_FIELD, label: 'Cells without a column', type: 'json', nullable: true },
    ],
    readable: true,
    writable: false,
    cursors: [],
    pushdown: [],
  }
}

function keyOf(ctx: Context, columns: string[]): string[] {
  const chosen = String(ctx.settings.key ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const missing = chosen.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw new ConnectorError(
      'config',
      `The key names ${missing.join(', ')}, but the columns are ${columns.join(', ')}.`
    )
  }
  return chosen.length === 0 ? [ROW_FIELD] : chosen
}
