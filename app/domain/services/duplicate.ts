import Service from '#domain/services/service'
import { applyService } from '#domain/services/apply_service'
import TemplateLink from '#domain/services/template_link'
import type Tenant from '#domain/tenants/tenant'

const LONGEST_NAME = 63

const PAUSED = 'a copy: look it over, then enable it'
const UNFLAGGED =
  'a copy, without the sync flag that the other one sets: look it over, then enable it'

/** Makes a service like another one. It is paused, so that a copied schedule starts nothing unseen. */
export async function duplicate(
  tenant: Tenant,
  service: Service,
  userId: string
): Promise<Service> {
  const { definition } = await service.currentRevision()
  const name = await freeName(tenant, service.name)
  const { flag, ...source } = definition.source
  const made = await applyService(
    tenant,
    { ...definition, name, source },
    {
      userId,
      note: `A copy of "${service.name}"`,
      pausedBecause: flag === undefined ? PAUSED : UNFLAGGED,
      ...(service.template === null ? {} : { template: service.template }),
    }
  )
  const link = await TemplateLink.find(service.id)
  if (link !== null) await TemplateLink.keep(made.service.id, link.version, link.base)
  return made.service
}

async function freeName(tenant: Tenant, name: string): Promise<string> {
  const services = await Service.query().where('tenantId', tenant.id).select('name')
  const taken = new Set(services.map((service) => service.name))
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '-copy' : `-copy-${number}`
    const free = name.slice(0, LONGEST_NAME - ending.length) + ending
    if (!taken.has(free)) return free
  }
}
