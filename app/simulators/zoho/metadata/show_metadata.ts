import type { Call, Reply } from '../server/call.js'
import { ApiFault } from '../server/api_fault.js'
import { findModule } from './find_module.js'
import { fieldNumber } from './id_numbers.js'
import { orgModules } from './org_modules.js'
import { renderField } from './render_field.js'
import { renderModule } from './render_module.js'

const STATUSES = ['visible', 'user_hidden', 'system_hidden', 'scheduled_for_deletion']
const USES: Record<string, readonly string[]> = {
  '': ['used'],
  'all': ['used', 'unused'],
  'unused': ['unused'],
}

function refuseParam(name: string) {
  return new ApiFault(400, 'INVALID_DATA', 'invalid data', { param_name: name })
}

export function listModules({ org, query }: Call): Reply {
  const wanted = query.get('status')?.split(',') ?? STATUSES
  if (wanted.some((status) => !STATUSES.includes(status))) throw refuseParam('status')
  const modules = orgModules
    .map((module, position) => renderModule(module, org.ids, position))
    .filter(({ status }) => wanted.includes(status))
  return modules.length === 0 ? { status: 204 } : { status: 200, body: { modules } }
}

export function showModule(call: Call): Reply {
  const { module, position } = findModule(call.params.name, { resource_path_index: 2 })
  return { status: 200, body: { modules: [renderModule(module, call.org.ids, position)] } }
}

function fieldsOf({ org }: Call, name: string | null) {
  const { module, position } = findModule(name)
  return module.fields.map((field, at) =>
    renderField(field, {
      ids: org.ids,
      number: fieldNumber(position, at),
      enforcesPicklists: org.options.strictPicklists,
    })
  )
}

const MORE = 'allowed_permissions_to_update'

/** What `include` adds to each field. */
function included({ query }: Call) {
  const wanted = query.get('include')
  if (wanted !== null && wanted !== MORE) throw refuseParam('include')
  const may = { read_write: true, read_only: true, hidden: true }
  return <Field extends object>(field: Field) =>
    wanted === null ? field : { ...field, [MORE]: may }
}

export function listFields(call: Call): Reply {
  const type = call.query.get('type') ?? ''
  const uses = USES[type]
  const all = fieldsOf(call, call.query.get('module'))
  if (!uses) throw refuseParam('type')
  const fields = all.filter((field) => uses.includes(field.type)).map(included(call))
  return fields.length === 0 ? { status: 204 } : { status: 200, body: { fields } }
}

export function showField(call: Call): Reply {
  const fields = fieldsOf(call, call.query.get('module')).filter(
    ({ id }) => id === call.params.field
  )
  return fields.length === 0 ? { status: 204 } : { status: 200, body: { fields } }
}
