import type { FieldDefinition } from '../metadata/field_definition.js'
import { Refusal } from '../records/validate_value.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { FieldMapping } from './bulk_job.js'

const NUMBER = /^-?\d+(?:\.\d+)?$/

function findTarget(org: SimulatedOrg, target: string | null, findBy: string, cell: string) {
  const table = org.store.tables.get(target ?? '')
  const byId = findBy === 'id' ? table?.byId.get(cell) : undefined
  return byId ?? table?.indexes.get(findBy)?.find(cell)
}

const booleans: Record<string, boolean> = { true: true, false: false }

/** The text of a cell in the JSON type of its field, to be validated like any other value. */
export function parseCell(
  org: SimulatedOrg,
  field: FieldDefinition,
  { findBy, time }: FieldMapping,
  cell: string
): unknown {
  const wrong = new Refusal({})
  switch (field.dataType) {
    case 'integer':
    case 'double':
    case 'currency':
    case 'percent':
      return NUMBER.test(cell) ? Number(cell) : wrong
    case 'boolean':
      return booleans[cell.toLowerCase()] ?? wrong
    case 'date':
      return time?.date(cell) ?? wrong
    case 'datetime': {
      const at = time?.instant(cell, org.zone) ?? null
      return at === null ? wrong : org.zone.format(at)
    }
    case 'multiselectpicklist':
      return cell.split(';')
    case 'lookup': {
      const found = findTarget(org, field.target, findBy ?? 'id', cell)
      return found ? { id: found.id } : wrong
    }
    case 'ownerlookup':
    case 'userlookup':
      return { id: cell }
    default:
      return cell
  }
}
