import { type Context, ConnectorError } from '#sdk'
import { apiUrl } from '../api/address.js'
import { call } from '../api/call.js'
import type { ModuleMetadata } from './metadata.js'

/** The modules that the API serves and the user may see or fill. */
export async function fetchModules(ctx: Context): Promise<ModuleMetadata[]> {
  const url = apiUrl(ctx, '/settings/modules')
  const reply = await call<{ modules?: ModuleMetadata[] }>(
    ctx,
    { method: 'GET', url, credits: 1 },
    'read'
  )
  const modules = reply.body?.modules
  if (!modules) {
    throw new ConnectorError('transient', 'Zoho sent no list of modules.')
  }
  return modules.filter(
    (module) =>
      module.api_supported &&
      module.status !== 'scheduled_for_deletion' &&
      (module.creatable !== false || module.viewable !== false)
  )
}
