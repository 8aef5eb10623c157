import { anyModule } from '../metadata/any_module.js'
import type { FieldDefinition } from '../metadata/field_definition.js'
import { isOpen, namesUser } from '../metadata/field_kinds.js'
import type { SimulatedOrg } from '../simulated_org.js'
import { renderTags, TAG } from '../tags/tags_of.js'
import type { ModuleTable } from './module_table.js'
import type { StoredRecord, StoredValue } from './stored_record.js'

/** The stored value of a field, the system's own included; what COQL and sorting compare. */
export function storedValue(org: SimulatedOrg, record: StoredRecord, name: string): StoredValue {
  switch (name) {
    case 'id':
      return record.id
    case 'Created_Time':
      return record.createdAt
    case 'Modified_Time':
      return record.modifiedAt
    case 'Created_By':
      return record.createdBy ?? org.user.id
    case 'Modified_By':
      return record.modifiedBy ?? org.user.id
    case 'Owner':
      return record.values.Owner ?? org.user.id
    case 'Full_Name':
      return [record.values.First_Name, record.values.Last_Name].filter(Boolean).join(' ')
    default:
      return record.values[name] ?? null
  }
}

/** A person is called by the whole name. */
const nameFieldOf = ({ fields, module }: ModuleTable) =>
  fields.has('Full_Name') ? 'Full_Name' : module.nameField

function renderLookup(org: SimulatedOrg, field: FieldDefinition, id: string) {
  if (namesUser(field)) return org.member(id)?.user ?? org.user
  const table = org.store.findTarget(field.target, id)
  const record = table?.byId.get(id)
  const name = record && table ? storedValue(org, record, nameFieldOf(table)) : null
  if (field.target !== anyModule || isOpen(field) || !table) return { name, id }
  return { name, id, module: org.moduleReference(table.module.apiName) }
}

export function renderValue(org: SimulatedOrg, field: FieldDefinition, value: StoredValue) {
  if (value === null) return null
  if (field.dataType === 'datetime' && typeof value === 'number') return org.zone.format(value)
  if (field.target !== null) return renderLookup(org, field, String(value))
  return value
}

/** The module to which a lookup that may lead to several does lead. */
function moduleOf(org: SimulatedOrg, { values }: StoredRecord, name: string) {
  const id = values[name] ?? null
  return id === null ? null : org.store.findTarget(anyModule, String(id))?.module.apiName
}

/** A record as the API shows it: only the wanted fields, the id always. */
export function renderRecord(
  org: SimulatedOrg,
  table: ModuleTable,
  record: StoredRecord,
  wanted: Iterable<string> = table.fields.keys()
) {
  const shown: Record<string, unknown> = {}
  for (const name of wanted) {
    const field = table.fields.get(name)
    if (field && isOpen(field)) shown.$se_module = moduleOf(org, record, name)
    if (name === TAG) shown[name] = renderTags(org, table.module.apiName, record)
    else if (field && !field.child)
      shown[name] = renderValue(org, field, storedValue(org, record, name))
  }
  shown.id = record.id
  return shown
}
