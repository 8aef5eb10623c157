import { DateTime } from 'luxon'
import crossdock from '#config/crossdock'
import Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import Draft from '#domain/services/draft'
import { blankDefinition } from '#domain/services/draft_content'
import { castRoles, fillTemplate } from '#domain/services/draft_template'
import Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition, Template } from '#sdk'
import { PluginFault, loadTemplate } from '#workers/load_plugin'

/** Begins a new service: a template's, or one with nothing in it. */
export async function startDraft(
  tenant: Tenant,
  { template, kind }: { template: string | null; kind: ServiceDefinition['kind'] },
  userId: string
): Promise<Draft> {
  if (template === null) {
    return Draft.create({ ...fresh(tenant.id, userId), template, content: blankDefinition(kind) })
  }
  const { template: found, manifest } = await readTemplate(template)
  return Draft.create({
    ...fresh(tenant.id, userId),
    template,
    templateVersion: manifest.version,
    templateBase: found.service,
    content: await templateContent(tenant, found),
  })
}

/** The change of a service that is under way, or a new one from its current revision. */
export async function editService(service: Service, userId: string): Promise<Draft> {
  const found = await Draft.query()
    .where('tenantId', service.tenantId)
    .where('serviceId', service.id)
    .where('baseRevision', service.revision)
    .orderBy('updatedAt', 'desc')
    .first()
  if (found !== null) return found
  const { definition } = await service.currentRevision()
  return Draft.create({
    ...fresh(service.tenantId, userId),
    serviceId: service.id,
    baseRevision: service.revision,
    template: service.template,
    content: definition,
  })
}

function fresh(tenantId: string, createdBy: string) {
  const now = DateTime.utc()
  return { tenantId, createdBy, createdAt: now, updatedAt: now }
}

async function templateContent(tenant: Tenant, template: Template): Promise<ServiceDefinition> {
  const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
  const services = await Service.query().where('tenantId', tenant.id).select('name')
  return fillTemplate(
    template,
    castRoles(template, connections),
    services.map((service) => service.name)
  )
}

async function readTemplate(name: string) {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Refusal(`There is no template "${name}"`)
  try {
    return await loadTemplate(crossdock.pluginsRoot, name)
  } catch (error) {
    if (error instanceof PluginFault) throw new Refusal(error.message)
    throw error
  }
}
