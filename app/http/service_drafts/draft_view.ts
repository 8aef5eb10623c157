import Connection from '#domain/connections/connection'
import type Draft from '#domain/services/draft'
import Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { connectorOf } from '#http/connections/connectors'
import { instantText } from '#http/instant_text'

export type DraftView = {
  id: string
  /** The definition as text, so that nothing of it is lost on the way. */
  content: string
  service: { id: string; name: string; revision: number; state: string } | null
  template: string | null
  /** Names that other services have. */
  taken: string[]
}

export type DraftRow = {
  id: string
  name: string
  service: string | null
  from: string
  to: string
  updatedAt: string | null
}

export type BuilderConnection = {
  name: string
  connector: string
  title: string
  icon: string
  health: string
}

export async function viewDraft(tenant: Tenant, draft: Draft): Promise<DraftView> {
  const { id, content, template } = draft
  const services = await Service.query().where('tenantId', tenant.id).orderBy('name')
  const service = services.find((each) => each.id === draft.serviceId)
  return {
    ...{ id, template },
    content: JSON.stringify(content),
    service: service
      ? {
          id: service.id,
          name: service.name,
          revision: service.revision,
          state: service.state,
        }
      : null,
    taken: services.filter((each) => each !== service).map(({ name }) => name),
  }
}

export function viewDraftRow({ id, content, service, updatedAt }: Draft): DraftRow {
  const { name, source, target } = content
  const end = (parts: string[]) => parts.filter((part) => part !== '').join(', ')
  return {
    ...{ id, name },
    service: service?.name ?? null,
    from: end([source.stream, source.connection]),
    to: end([target.stream, target.connection]),
    updatedAt: instantText(updatedAt),
  }
}

export async function viewConnections(tenant: Tenant): Promise<BuilderConnection[]> {
  const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
  return connections.map(({ name, connector, health }) => {
    const { title, icon } = connectorOf(connector)
    return { name, connector, title, icon, health }
  })
}
