import { type Context, ConnectorError, type Field, type StreamDescription } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import { describeField } from './describe_field.js'
import { fetchModules } from './fetch_modules.js'
import { attachmentsField } from '../files/attachments_field.js'
import { fetchViews } from './fetch_views.js'
import { joinedFields } from './joined_fields.js'
import { moduleTitle } from './module_title.js'
import type { FieldMetadata, ModuleMetadata } from './metadata.js'

const ID: Field = { name: 'id', label: 'Record id', type: 'text', unique: true, readOnly: true }

function chosen(modules: ModuleMetadata[], name: string): ModuleMetadata {
  const module = modules.find((each) => each.api_name === name)
  if (module) return module
  const near = modules.find(
    (each) =>
      each.api_name.toLowerCase() === name.toLowerCase() ||
      each.plural_label?.toLowerCase() === name.toLowerCase()
  )
  const known = modules.map((each) => each.api_name).join(', ')
  throw new ConnectorError(
    'config',
    `Zoho CRM has no module "${name}" for the authorised user. ` +
      (near ? `Did you mean "${near.api_name}"?` : `It has: ${known}.`)
  )
}

async function fetchFields(ctx: Context, module: string): Promise<FieldMetadata[]> {
  const url = apiUrl(ctx, `/settings/fields?module=${encodeURIComponent(module)}`)
  const reply = await call<{ fields?: FieldMetadata[] }>(
    ctx,
    { method: 'GET', url, credits: 1 },
    'read'
  )
  if (reply.body?.fields) return reply.body.fields
  throw new ConnectorError('config', `Zoho shows no field of ${module} to the authorised user.`)
}

export async function describeStream(ctx: Context, name: string): Promise<StreamDescription> {
  const modules = await fetchModules(ctx)
  const module = chosen(modules, name)
  const listed = await fetchFields(ctx, name)
  const metadata = listed.filter((field) => field.api_name !== 'id')
  const own = metadata.map((field) => describeField(name, field))
  const fields = [ID, ...own, ...attachmentsField(name), ...(await joinedFields(ctx, own, modules))]
  const views = await fetchViews(ctx, name)
  return {
    name,
    title: moduleTitle(module),
    key: ['id'],
    fields,
    readable: module.viewable !== false,
    writable: module.creatable !== false || module.editable !== false,
    cursors: ['Modified_Time', 'Created_Time'].filter((cursor) =>
      fields.some((field) => field.name === cursor)
    ),
    ...(views.length > 0 ? { views } : {}),
    pushdown: ['=', '!=', '<', '<=', '>', '>=', 'in', 'all', 'any'],
  }
}
