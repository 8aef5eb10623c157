import { isObject, type Call } from '../server/call.js'

export interface RouteScope {
  /** Scopes, all of them needed, comma separated; `{module}` is filled in. */
  scope: string
  /** The module it is about, where the path does not name it. */
  moduleOf?: (call: Call) => string | undefined
  /** What this call needs besides. */
  alsoOf?: (call: Call) => readonly string[]
}

const RECORDS = 'ZohoCRM.modules.{module}'
const READ = { scope: `${RECORDS}.READ` }
const CREATE = { scope: `${RECORDS}.CREATE` }
const UPDATE = { scope: `${RECORDS}.UPDATE` }
const DELETE = { scope: `${RECORDS}.DELETE` }
const FIND = { scope: `${RECORDS}.READ,ZohoSearch.securesearch.READ` }
const setting = (name: string) => ({ scope: `ZohoCRM.settings.${name}.READ` })
const notifications = (operation: string) => ({ scope: `ZohoCRM.notifications.${operation}` })
const notes = (operation: string) => ({ scope: `ZohoCRM.modules.notes.${operation}` })
const attachments = (operation: string) => ({
  scope: `${RECORDS}.READ,ZohoCRM.modules.attachments.${operation}`,
})

function nameIn(value: unknown) {
  const module = isObject(value) ? value.module : undefined
  return isObject(module) ? String(module.api_name) : undefined
}

const coqlModule = (call: Call) =>
  /\bfrom\s+['"]?(\w+)/i.exec(String(call.json().select_query))?.[1]
function coqlMeta(call: Call) {
  const { include_meta: wanted } = call.json()
  return Array.isArray(wanted) && wanted.length > 0 ? ['ZohoCRM.settings.fields.READ'] : []
}
const readModule = (call: Call) => nameIn(call.json().query)
function writeModule(call: Call) {
  const { resource } = call.json()
  return Array.isArray(resource) ? nameIn(resource[0]) : undefined
}

/** What each route asks of the access token, by its method and path. */
export const routeScopes: Record<string, RouteScope> = {
  'GET /crm/__apis': { scope: 'ZohoCRM.apis.READ' },
  'GET /crm/org': { scope: 'ZohoCRM.org.READ' },
  'GET /crm/users': { scope: 'ZohoCRM.users.READ' },
  'GET /crm/users/{user}': { scope: 'ZohoCRM.users.READ' },
  'GET /crm/settings/modules': setting('modules'),
  'GET /crm/settings/modules/{name}': setting('modules'),
  'GET /crm/settings/fields': setting('fields'),
  'GET /crm/settings/fields/{field}': setting('fields'),
  'GET /crm/settings/layouts': setting('layouts'),
  'GET /crm/settings/layouts/{layout}': setting('layouts'),
  'GET /crm/settings/related_lists': setting('related_lists'),
  'GET /crm/settings/custom_views': setting('custom_views'),
  'GET /crm/settings/custom_views/{view}': setting('custom_views'),
  'GET /crm/settings/tags': setting('tags'),
  'GET /crm/settings/pipeline': setting('pipeline'),
  'GET /crm/actions/watch': notifications('READ'),
  'POST /crm/actions/watch': notifications('CREATE'),
  'PUT /crm/actions/watch': notifications('UPDATE'),
  'PATCH /crm/actions/watch': notifications('UPDATE'),
  'DELETE /crm/actions/watch': notifications('DELETE'),
  'POST /crm/upload': { scope: 'ZohoFiles.files.CREATE,ZohoCRM.bulk.CREATE' },
  'POST /crm/bulk/write': {
    scope: `ZohoCRM.bulk.CREATE,${RECORDS}.CREATE,${RECORDS}.UPDATE`,
    moduleOf: writeModule,
  },
  'GET /crm/bulk/write/{job}': { scope: 'ZohoCRM.bulk.READ|ZohoCRM.bulk.CREATE' },
  'GET /{version}/crm/{org}/bulk-write/{job}/{file}': {
    scope: 'ZohoCRM.bulk.READ|ZohoCRM.bulk.CREATE',
  },
  'POST /crm/bulk/read': { scope: `ZohoCRM.bulk.READ,${RECORDS}.READ`, moduleOf: readModule },
  'GET /crm/bulk/read/{job}': { scope: 'ZohoCRM.bulk.READ' },
  'GET /crm/bulk/read/{job}/result': { scope: 'ZohoCRM.bulk.READ' },
  'POST /crm/coql': {
    scope: `ZohoCRM.coql.READ,${RECORDS}.READ`,
    moduleOf: coqlModule,
    alsoOf: coqlMeta,
  },
  'POST /crm/__composite_requests': { scope: 'ZohoCRM.composite_requests.CUSTOM' },
  'POST /crm/files': { scope: 'ZohoCRM.Files.CREATE' },
  'GET /crm/files': { scope: 'ZohoCRM.Files.READ' },
  'GET /crm/Notes': notes('READ'),
  'POST /crm/Notes': notes('CREATE'),
  'PUT /crm/Notes': notes('UPDATE'),
  'DELETE /crm/Notes': notes('DELETE'),
  'GET /crm/Notes/{id}': notes('READ'),
  'PUT /crm/Notes/{id}': notes('UPDATE'),
  'DELETE /crm/Notes/{id}': notes('DELETE'),
  'POST /crm/{module}/upsert': { scope: `${RECORDS}.CREATE,${RECORDS}.UPDATE` },
  'GET /crm/{module}/search': FIND,
  'GET /crm/{module}/actions/count': FIND,
  'POST /crm/Leads/{id}/actions/convert': { scope: 'ZohoCRM.modules.leads.UPDATE' },
  'POST /crm/{module}/actions/add_tags': UPDATE,
  'POST /crm/{module}/actions/remove_tags': UPDATE,
  'POST /crm/{module}/{id}/actions/add_tags': UPDATE,
  'POST /crm/{module}/{id}/actions/remove_tags': UPDATE,
  'GET /crm/{module}/deleted': READ,
  'GET /crm/{module}': READ,
  'POST /crm/{module}': CREATE,
  'PUT /crm/{module}': UPDATE,
  'DELETE /crm/{module}': DELETE,
  'GET /crm/{module}/{id}': READ,
  'PUT /crm/{module}/{id}': UPDATE,
  'DELETE /crm/{module}/{id}': DELETE,
  'GET /crm/{module}/{id}/Attachments': attachments('READ'),
  'POST /crm/{module}/{id}/Attachments': attachments('CREATE'),
  'GET /crm/{module}/{id}/Attachments/{attachment}': attachments('READ'),
  'DELETE /crm/{module}/{id}/Attachments/{attachment}': attachments('DELETE'),
  'GET /crm/{module}/{id}/Notes': {
    scope: `${RECORDS}.READ,ZohoCRM.modules.notes.READ`,
  },
  'POST /crm/{module}/{id}/Notes': {
    scope: `${RECORDS}.READ,ZohoCRM.modules.notes.CREATE`,
  },
  'GET /crm/{module}/{id}/{related}': READ,
  'PUT /crm/{module}/{id}/{related}': UPDATE,
  'PUT /crm/{module}/{id}/{related}/{relatedId}': UPDATE,
  'DELETE /crm/{module}/{id}/{related}': DELETE,
  'DELETE /crm/{module}/{id}/{related}/{relatedId}': DELETE,
}
