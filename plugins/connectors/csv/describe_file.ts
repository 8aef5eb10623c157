import { ConnectorError, type Context, type Field, type StreamDescription } from '#sdk'
import { layoutOf, ROW_FIELD, SURPLUS_FIELD } from './layout.js'
import { namesIn } from './names_in.js'
import { isFileThere } from './write/is_file_there.js'
import { assertWritable } from './write/assert_writable.js'

export async function describeFile(ctx: Context, name: string): Promise<StreamDescription> {
  if (name !== String(ctx.settings.file)) {
    throw new ConnectorError('config', `This connection has no file named ${name}.`)
  }
  const planned = namesIn(ctx.settings.columns)
  const isWritten = planned.length > 0
  const isThere = !isWritten || (await isFileThere(ctx, name))
  const { columns: present } = isThere ? await layoutOf(ctx) : { columns: [] }
  if (isWritten) assertWritable(ctx, planned, present)
  const columns = isWritten ? planned : present
  if (columns.length === 0) throw new ConnectorError('config', `${name} is empty.`)
  const key = keyOf(ctx, columns)
  return {
    name,
    title: name,
    key,
    fields: [...columns.map((column) => fieldOf(column, isWritten ? key : [])), ...OWN_FIELDS],
    readable: present.length > 0,
    writable: isWritten,
    cursors: [],
    pushdown: [],
  }
}

const OWN_FIELDS: Field[] = [
  {
    name: ROW_FIELD,
    label: 'Row number',
    type: 'integer',
    nullable: false,
    unique: true,
    readOnly: true,
  },
  {
    name: SURPLUS_FIELD,
    label: 'Cells without a column',
    type: 'json',
    nullable: true,
    readOnly: true,
  },
]

function fieldOf(name: string, key: string[]): Field {
  if (!key.includes(name)) return { name, type: 'text', nullable: true }
  const known = key.length === 1 ? { unique: true } : { matchable: true }
  return { name, type: 'text', mandatory: true, ...known }
}

function keyOf(ctx: Context, columns: string[]): string[] {
  const chosen = namesIn(ctx.settings.key)
  const missing = chosen.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw new ConnectorError(
      'config',
      `The key names ${missing.join(', ')}, but the columns are ${columns.join(', ')}.`
    )
  }
  return chosen.length === 0 ? [ROW_FIELD] : chosen
}
