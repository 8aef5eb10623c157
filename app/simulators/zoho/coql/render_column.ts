import type { SimulatedOrg } from '../simulated_org.js'
import { renderValue } from '../store/render_record.js'
import type { StoredRecord } from '../store/stored_record.js'
import type { CoqlColumn } from './coql_column.js'

/** As a list shows it, but of a user no more than the last name. */
export function renderColumn(org: SimulatedOrg, column: CoqlColumn, record: StoredRecord) {
  const value = column.read(record)
  if (column.field.dataType !== 'ownerlookup' || value === null) {
    return renderValue(org, column.field, value)
  }
  const { id, name } = org.member(String(value))?.user ?? org.user
  return { name: name.split(' ').at(-1), id }
}
