import { isDeepStrictEqual } from 'node:util'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import Connection from '#domain/connections/connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import type { ConnectionFile } from '#domain/connections/connection_file'
import { applyService } from '#domain/services/apply_service'
import { linkTemplate } from '#domain/services/link_template'
import Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { loadTemplate } from '#workers/load_plugin'

const TEMPLATE = 'shop_orders_to_zoho_deals'

/** The service of the template, between the shop and the simulated org. What is there already is left alone, and costs nothing. */
export async function prepareService(
  tenant: Tenant,
  shop: ConnectionFile,
  simulator: ZohoSimulator
): Promise<Service> {
  const zoho = parseConnectionFile(
    connectionFile(simulator.url),
    'the simulator',
    connectionEnvironment(simulator.options)
  )
  const isNew = [await ensureConnection(tenant, shop), await ensureConnection(tenant, zoho)]
  const { template } = await loadTemplate(crossdock.pluginsRoot, TEMPLATE)
  const { source, target } = template.service
  const definition = {
    ...template.service,
    name:
      shop.name === 'shop' ? template.service.name : `${template.service.name}-${shop.connector}`,
    source: { ...source, connection: shop.name },
    target: { ...target, connection: zoho.name },
  }
  const found = await Service.query()
    .where('tenantId', tenant.id)
    .where('name', definition.name)
    .first()
  if (found !== null && !isNew.includes(true)) return found
  const { service } = await applyService(tenant, definition, {
    userId: null,
    note: 'Made by the demo',
    template: TEMPLATE,
  })
  await linkTemplate(service, { name: TEMPLATE, version: null })
  return service
}

/** True when the connection was made or changed. */
async function ensureConnection(tenant: Tenant, file: ConnectionFile): Promise<boolean> {
  const found = await Connection.query()
    .where('tenantId', tenant.id)
    .where('name', file.name)
    .first()
  const kept = found === null ? {} : { ...found.settings, ...file.settings }
  const isSame =
    found !== null &&
    isDeepStrictEqual(kept, found.settings) &&
    isDeepStrictEqual(await found.secrets(), file.secrets)
  if (!isSame) await applyConnection(tenant, file, null)
  return !isSame
}
