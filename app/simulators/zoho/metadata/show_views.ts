import { readPaging } from '../records/read_paging.js'
import type { Call, Reply } from '../server/call.js'
import { customViewsOf, type CustomView } from './custom_views.js'
import { findModule } from './find_module.js'
import { viewId } from './find_view.js'
import { fieldNumber, idNumbers } from './id_numbers.js'
import { moduleReference } from './render_links.js'

type Found = ReturnType<typeof findModule>

function fieldReference({ org: { ids } }: Call, { module, position }: Found, name: string) {
  const at = module.fields.findIndex(({ apiName }) => apiName === name)
  return { api_name: name, id: ids.fixed(idNumbers.fields + fieldNumber(position, at)) }
}

function renderCriteria(call: Call, found: Found, { criteria }: CustomView) {
  if (criteria === null) return null
  const [name, value] =
    criteria === 'mine' ? ['Owner', '${CURRENTUSER}'] : [criteria.field, criteria.value]
  return { comparator: 'equal', field: fieldReference(call, found, name), value }
}

function renderView(call: Call, found: Found, view: CustomView, at: number) {
  const { ids, zone, clock } = call.org
  const { module, position } = found
  const shown = module.fields.filter(({ isUnused }) => !isUnused).slice(0, 5)
  return {
    id: viewId(ids, position, at),
    name: view.name,
    display_value: view.name,
    system_name: view.systemName,
    category: 'public_views',
    access_type: 'public',
    shared_to: null,
    system_defined: true,
    default: at === 0,
    locked: false,
    favorite: null,
    sort_by: null,
    sort_order: null,
    criteria: renderCriteria(call, found, view),
    fields: shown.map(({ apiName }) => fieldReference(call, found, apiName)),
    module: moduleReference(ids, module.apiName),
    created_time: null,
    modified_time: null,
    last_accessed_time: zone.format(clock.now()),
    created_by: null,
    modified_by: null,
  }
}

function viewsOf(call: Call) {
  const found = findModule(call.query.get('module'))
  return customViewsOf(found.module).map((view, at) => renderView(call, found, view, at))
}

export function listViews(call: Call): Reply {
  const { page, perPage } = readPaging(call)
  const all = viewsOf(call)
  const views = all.slice((page - 1) * perPage, page * perPage)
  if (views.length === 0) return { status: 204 }
  const info = {
    per_page: perPage,
    default: all[0].id,
    count: views.length,
    page,
    more_records: all.length > page * perPage,
  }
  return { status: 200, body: { custom_views: views, info } }
}

export function showView(call: Call): Reply {
  const views = viewsOf(call).filter(({ id }) => id === call.params.view)
  return views.length === 0 ? { status: 204 } : { status: 200, body: { custom_views: views } }
}
