import type { FieldDefinition } from '../metadata/field_definition.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'
import { findOwn } from './find_own.js'

/** By lookup: the module it leads to and that module's external field. */
export type ExternalLookups = ReadonlyMap<string, { module: string; field: string }>

/** External fields by which a call names records instead of by id. */
export interface ExternalKeys {
  /** Of the module in the path. */
  own: string | null
  lookups: ExternalLookups
  /** Of the rows of a subform, by its name. */
  rows: ReadonlyMap<string, ExternalLookups>
}

const NONE: ExternalKeys = { own: null, lookups: new Map(), rows: new Map() }

/** What Zoho's page calls the line items of every document in this header, and only there. */
const LINE_ITEMS = 'Product_Details'

function refuse(entry: string) {
  const details = { header: 'X-EXTERNAL', value: entry }
  return new ApiFault(400, 'INVALID_DATA', 'the external field is not valid', details)
}

/** The subform that a step names. */
function findRows({ module, childFields }: ModuleTable, step: string): FieldDefinition | undefined {
  const named = childFields.find(({ apiName }) => apiName === step)
  const isDocument = step === LINE_ITEMS && module.generatedType === 'default'
  return named ?? (isDocument ? childFields[0] : undefined)
}

/** `Lookup.External`, with `Lookup->Module` where a lookup leads to several modules. */
function readLookup(call: Call, entry: string, owner: ModuleTable | undefined) {
  const { tables } = call.org.store
  const [step, field] = entry.split('.').slice(-2)
  const [name, named] = step.split('->')
  const module = named ?? owner?.fields.get(name)?.target ?? ''
  if (owner?.fields.has(name) && tables.get(module)?.fields.get(field)?.external) {
    return [name, { module, field }] as const
  }
  throw refuse(entry)
}

export function externalKeys(call: Call): ExternalKeys {
  const header = call.header('x-external')
  if (header === undefined) return NONE
  const table = call.table()
  let own: string | null = null
  const lookups = new Map<string, { module: string; field: string }>()
  const rows = new Map<string, ExternalLookups>()
  for (const entry of header.split(',').map((text) => text.trim())) {
    const steps = entry.split('.')
    if (steps[0] !== call.params.module || steps.length < 2 || steps.length > 4) {
      throw refuse(entry)
    }
    if (steps.length === 2) {
      if (!table.fields.get(steps[1])?.external) throw refuse(entry)
      own = steps[1]
    } else if (steps.length === 3) lookups.set(...readLookup(call, entry, table))
    else {
      const field = findRows(table, steps[1])
      if (!field?.child) throw refuse(entry)
      const found = readLookup(call, entry, call.org.store.tables.get(field.child.module))
      rows.set(field.apiName, new Map([...(rows.get(field.apiName) ?? []), found]))
    }
  }
  return { own, lookups, rows }
}

/** The record of an external value; values that another user set for himself are not seen. */
export const findExternal = (
  { org, user }: Call,
  table: ModuleTable,
  field: string,
  value: unknown
) => findOwn({ org, table, author: user.id }, field, value)
