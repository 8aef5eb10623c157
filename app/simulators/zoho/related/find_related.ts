import { orgModules } from '../metadata/org_modules.js'
import { recordInPath } from '../records/find_record.js'
import { ApiFault } from '../server/api_fault.js'
import type { Call } from '../server/call.js'
import { relatedLists, type RelatedList } from './related_lists.js'

const notes: RelatedList = { apiName: 'Notes', module: 'Notes', field: 'Parent_Id', link: null }

function demand<Part>(part: Part | undefined, position: number, message: string): Part {
  if (part !== undefined) return part
  throw new ApiFault(400, 'INVALID_DATA', message, { resource_path_index: position })
}

/** The record in the path, the list under it and the tables of both sides. */
export function findRelated(call: Call, name = call.params.related) {
  const { tables } = call.org.store
  const owner = call.table()
  const message = 'the relation name given seems to be invalid'
  const listed = [notes, ...relatedLists(orgModules, owner.module)]
  const list = demand(
    listed.find(({ apiName }) => apiName === name),
    2,
    message
  )
  const record = demand(recordInPath(call), 1, 'the id given seems to be invalid')
  const table = demand(tables.get(list.module), 2, message)
  const linking = list.link ? demand(tables.get(list.link.module), 2, message) : null
  return { list, record, table, linking }
}

export type Related = ReturnType<typeof findRelated>

/** Records of the list, oldest first. */
export function relatedRows({ list, record, table, linking }: Related) {
  const { field, link } = list
  if (!link || !linking) {
    const found = table.links.get(field)?.findAll(record.id)
    return found ?? table.rows().filter(({ values }) => values[field] === record.id)
  }
  const links = linking.links.get(field)?.findAll(record.id) ?? []
  return links.flatMap(({ values }) => table.byId.get(String(values[link.other])) ?? [])
}
