import { namesUser } from '../metadata/field_kinds.js'
import type { Call } from '../server/call.js'
import { renderValue } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'
import type { CoqlColumn } from './coql_column.js'

/** Before version 7 a query tells of a lookup the id alone. */
const NAMES_SINCE = 7

/** As a list shows it, but of a user no more than the last name. */
export function renderColumn(
  { org, version }: Pick<Call, 'org' | 'version'>,
  column: CoqlColumn,
  record: StoredRecord
) {
  const value = column.read(record)
  if (column.field.target === null || value === null) return renderValue(org, column.field, value)
  if (version < NAMES_SINCE) return { id: String(value) }
  if (!namesUser(column.field)) return renderValue(org, column.field, value)
  const { id, name } = org.member(String(value))?.user ?? org.user
  return { name: name.split(' ').at(-1), id }
}
