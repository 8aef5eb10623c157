import {
  ConnectorError,
  type Context,
  type Field,
  type NewStream,
  type StreamDescription,
} from '#sdk'
import { escape, escapeId } from 'mysql2'
import { describeTable } from '../describe_table.js'
import { ConnectionFailure } from '../explain_failure.js'
import { openSession } from '../open_session.js'
import { ColumnTypes } from './column_types.js'

/** Makes a table that takes what the fields hold. Without a key the server numbers its rows. */
export async function createTable(ctx: Context, stream: NewStream): Promise<StreamDescription> {
  assertNames(stream)
  const session = await openSession(ctx)
  try {
    await session.change(createStatement(stream))
  } catch (error) {
    throw explained(error, ctx, stream)
  } finally {
    await session.close()
  }
  return describeTable(ctx, stream.name)
}

export function createStatement({ name, fields, key }: NewStream): string {
  const types = new ColumnTypes()
  const isKey = (field: Field) => key.includes(field.name)
  // Keys first: they must be short enough for an index whatever else there is.
  const sorted = [...fields].sort((a, b) => Number(isKey(b)) - Number(isKey(a)))
  const columns = sorted.map((field) => {
    const isIndexed = isKey(field) || field.unique === true
    const parts = [escapeId(field.name, true), types.of(field, isKey(field), isIndexed)]
    parts.push(isKey(field) || field.mandatory ? 'NOT NULL' : 'NULL')
    if (field.label && field.label !== field.name) {
      parts.push(`COMMENT ${escape(field.label.slice(0, 1000))}`)
    }
    return parts.join(' ')
  })
  const unique = sorted.filter((field) => field.unique && !(key.length === 1 && isKey(field)))
  const ids = key.length > 0 ? key : [freeName(fields)]
  if (key.length === 0) {
    columns.unshift(`${escapeId(ids[0], true)} BIGINT UNSIGNED NOT NULL AUTO_INCREMENT`)
  }
  const list = (names: string[]) => names.map((each) => escapeId(each, true)).join(', ')
  const indexes = unique.map((field) => `UNIQUE KEY (${list([field.name])})`)
  const inside = [...columns, `PRIMARY KEY (${list(ids)})`, ...indexes].join(',\n  ')
  return `CREATE TABLE ${escapeId(name, true)} (\n  ${inside}\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4`
}

function freeName(fields: Field[]): string {
  const taken = new Set(fields.map((field) => field.name.toLowerCase()))
  let name = 'id'
  while (taken.has(name)) name = `row_${name}`
  return name
}

const LONGEST_NAME = 64

function assertNames({ name, fields, key }: NewStream): void {
  const seen = new Set<string>()
  for (const each of [name, ...fields.map((field) => field.name)]) {
    if (each === '' || each.length > LONGEST_NAME || /\s$|^\s|\0/.test(each)) {
      const why = `It needs 1 to ${LONGEST_NAME} characters and no blanks around them.`
      throw new ConnectorError('config', `'${each}' cannot be a name in a database. ${why}`)
    }
  }
  for (const field of fields) {
    const folded = field.name.toLowerCase()
    if (seen.has(folded)) {
      throw new ConnectorError('config', `Two columns cannot be named ${field.name}. Rename one.`)
    }
    seen.add(folded)
  }
  const lost = key.find((each) => !fields.some((field) => field.name === each))
  if (lost !== undefined) {
    throw new ConnectorError('config', `The key ${lost} is not among the fields. Add it.`)
  }
}

function explained(error: unknown, ctx: Context, { name }: NewStream): unknown {
  if (!(error instanceof ConnectionFailure)) return error
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? cause.code : ''
  const { user, database } = ctx.settings
  if (code === 'ER_TABLE_EXISTS_ERROR') {
    const message = `The database has a table named ${name} already. Choose it, or another name.`
    return new ConnectorError('config', message, { cause })
  }
  if (code === 'ER_TABLEACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR') {
    const message = `User ${user} may not make tables in ${database}. Grant the user CREATE on it.`
    return new ConnectorError('config', message, { cause })
  }
  if (error.kind !== 'fatal') return error
  const said = cause instanceof Error ? cause.message : error.message
  return new ConnectorError('config', `The database cannot make ${name}: ${said}`, { cause })
}
