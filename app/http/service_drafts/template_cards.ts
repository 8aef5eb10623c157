import crossdock from '#config/crossdock'
import Connection from '#domain/connections/connection'
import { castRoles } from '#domain/services/draft_template'
import type Tenant from '#domain/tenants/tenant'
import { connectorOf } from '#http/connections/connectors'
import { listPlugins, loadTemplate } from '#workers/load_plugin'

export type TemplateCard = {
  name: string
  title: string
  description: string
  icon: string
  kind: string
  /** A connection for each role; null where the tenant has none that could play it. */
  roles: Array<{ title: string; connectors: string[]; connection: string | null }>
  fits: boolean
}

/** Those that can be used at once come first. */
export async function templateCards(tenant: Tenant): Promise<TemplateCard[]> {
  const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
  const names = await listPlugins(crossdock.pluginsRoot, 'template')
  const cards = await Promise.all(names.map((name) => cardOf(name, connections)))
  return cards.sort(
    (a, b) => Number(b.fits) - Number(a.fits) || a.title.localeCompare(b.title, 'en')
  )
}

async function cardOf(name: string, connections: Connection[]): Promise<TemplateCard> {
  const { template, manifest } = await loadTemplate(crossdock.pluginsRoot, name)
  const cast = castRoles(template, connections)
  const { title, description, service } = template
  return {
    ...{ name, title, description, icon: manifest.icon, kind: service.kind },
    roles: Object.entries(template.roles).map(([role, { title: called, connectors }]) => ({
      title: called,
      connectors: connectors.map((connector) => connectorOf(connector).title),
      connection: cast[role] ?? null,
    })),
    fits: Object.values(cast).every((connection) => connection !== null),
  }
}
