import type { Call, Reply } from '../server/call.js'
import { findModule } from './find_module.js'
import { idNumbers } from './id_numbers.js'
import { relatedListsOf, type RelatedList } from './related_lists.js'
import { moduleReference } from './render_links.js'

const MOST_PER_MODULE = 100

function renderList({ org: { ids } }: Call, list: RelatedList, position: number, at: number) {
  const { linking } = list
  return {
    id: ids.fixed(idNumbers.relatedLists + position * MOST_PER_MODULE + at),
    sequence_number: String(at + 1),
    api_name: list.apiName,
    name: list.label,
    display_label: list.label,
    module: moduleReference(ids, list.module),
    type: list.type,
    href: `{ENTITYID}/${list.apiName}`,
    action: null,
    connectedmodule: linking ? list.module : null,
    linkingmodule: linking ? linking.module : null,
  }
}

export function listRelatedLists(call: Call): Reply {
  const { module, position } = findModule(call.query.get('module'))
  const lists = relatedListsOf(module).map((list, at) => renderList(call, list, position, at))
  return { status: 200, body: { related_lists: lists } }
}
