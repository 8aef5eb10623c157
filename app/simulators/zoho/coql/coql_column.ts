import type { FieldDefinition } from '../metadata/field_definition.js'
import { anyModule } from '../metadata/any_module.js'
import { defineField } from '../metadata/define_field.js'
import { isApart } from '../metadata/field_kinds.js'
import { ApiFault } from '../server/api_fault.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { storedValue } from '../store/render_record.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'

export interface CoqlColumn {
  name: string
  field: FieldDefinition
  /** The stored value, times cut to the second. */
  read: (record: StoredRecord) => StoredValue
}

const idField = defineField('id', 'bigint', { length: 19 })

export function invalidQuery(column: string, reason: string) {
  return new ApiFault(400, 'INVALID_QUERY', 'invalid query formed', {
    column_name: column,
    reason,
  })
}

function fieldOf(table: ModuleTable, name: string, whole: string) {
  const field = name === 'id' ? idField : table.fields.get(name)
  if (field && !isApart(field)) return field
  throw invalidQuery(whole, 'column given seems to be invalid')
}

const MOST_JOINS = 2

/** A column by name, dotted over at most two lookups. */
export function coqlColumn(org: SimulatedOrg, table: ModuleTable, name: string): CoqlColumn {
  const steps = name.split('.')
  const last = steps.pop() ?? ''
  if (steps.length > MOST_JOINS) throw invalidQuery(name, 'too many relations')
  let reached = table
  const follow = steps.map((given) => {
    const [step, module] = given.split('->')
    const { target: own } = fieldOf(reached, step, name)
    const isOpen = own === anyModule && module !== undefined
    const target = org.store.tables.get((isOpen ? module : own) ?? '')
    if (!target) throw invalidQuery(name, 'relation given seems to be invalid')
    reached = target
    return { step, target }
  })
  const field = fieldOf(reached, last, name)
  const isTime = field.dataType === 'datetime'
  const read = (record: StoredRecord) => {
    let at: StoredRecord | undefined = record
    for (const { step, target } of follow) {
      at = at && target.byId.get(String(storedValue(org, at, step)))
    }
    const value = at ? storedValue(org, at, last) : null
    return isTime && typeof value === 'number' ? Math.floor(value / 1000) * 1000 : value
  }
  return { name, field, read }
}
