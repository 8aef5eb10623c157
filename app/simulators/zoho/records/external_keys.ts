import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import type { ModuleTable } from '../store/module_table.js'

/** External fields by which a call names records instead of by id. */
export interface ExternalKeys {
  /** Of the module in the path. */
  own: string | null
  /** By lookup: the module it leads to and that module's external field. */
  lookups: ReadonlyMap<string, { module: string; field: string }>
}

const NONE: ExternalKeys = { own: null, lookups: new Map() }

function refuse(entry: string) {
  const details = { header: 'X-EXTERNAL', value: entry }
  return new ApiFault(400, 'INVALID_DATA', 'the external field is not valid', details)
}

/** `Module.Lookup.External`, with `Lookup->Module` where a lookup leads to several modules. */
function readLookup(call: Call, entry: string, steps: readonly string[]) {
  const { tables } = call.org.store
  const [name, named] = steps[steps.length - 2].split('->')
  const child = steps.length === 4 ? call.table().fields.get(steps[1])?.child : undefined
  const owner = child ? tables.get(child.module) : call.table()
  const module = named ?? owner?.fields.get(name)?.target ?? ''
  const field = steps[steps.length - 1]
  if (!tables.get(module)?.fields.get(field)?.external) throw refuse(entry)
  return [name, { module, field }] as const
}

export function externalKeys(call: Call): ExternalKeys {
  const header = call.header('x-external')
  if (header === undefined) return NONE
  let own: string | null = null
  const lookups = new Map<string, { module: string; field: string }>()
  for (const entry of header.split(',').map((text) => text.trim())) {
    const steps = entry.split('.')
    if (steps[0] !== call.params.module || steps.length < 2 || steps.length > 4) {
      throw refuse(entry)
    }
    if (steps.length > 2) lookups.set(...readLookup(call, entry, steps))
    else if (call.table().fields.get(steps[1])?.external) [, own] = steps
    else throw refuse(entry)
  }
  return { own, lookups }
}

/** The record of an external value; values that another user set for himself are not seen. */
export function findExternal(call: Call, table: ModuleTable, field: string, value: unknown) {
  const found = table.indexes.get(field)?.findAll(value) ?? []
  if (table.fields.get(field)?.external === 'org') return found[0]
  return found.find(({ createdBy }) => (createdBy ?? call.org.user.id) === call.user.id)
}
