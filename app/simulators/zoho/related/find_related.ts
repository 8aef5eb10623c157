import { relatedListsOf } from '../metadata/related_lists.js'
import { recordInPath } from '../records/find_record.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'

function demand<Part>(part: Part | undefined, position: number, message: string): Part {
  if (part !== undefined) return part
  throw new ApiFault(400, 'INVALID_DATA', message, { resource_path_index: position })
}

/** The record in the path, the list under it and the tables of both sides. */
export function findRelated(call: Call, name = call.params.related) {
  const { tables } = call.org.store
  const owner = call.table()
  const message = 'the relation name given seems to be invalid'
  const list = demand(
    relatedListsOf(owner.module).find(({ apiName }) => apiName === name),
    2,
    message
  )
  const record = demand(recordInPath(call), 1, 'the id given seems to be invalid')
  const table = demand(tables.get(list.module), 2, message)
  const { linking } = list
  const between = linking && { ...linking, table: demand(tables.get(linking.module), 2, message) }
  return { record, table, field: list.field ?? 'Parent_Id', between }
}

export type Related = ReturnType<typeof findRelated>

/** Rows of the module between the two sides. */
export function linksOf({ table, here }: NonNullable<Related['between']>, id: string) {
  const kept = table.links.get(here)?.findAll(id)
  return kept ?? table.rows().filter(({ values }) => values[here] === id)
}

/** Records of the list, oldest first. */
export function relatedRows({ record, table, field, between }: Related) {
  if (between) {
    const links = linksOf(between, record.id)
    return links.flatMap(({ values }) => table.byId.get(String(values[between.there])) ?? [])
  }
  const found = table.links.get(field)?.findAll(record.id)
  return found ?? table.rows().filter(({ values }) => values[field] === record.id)
}
