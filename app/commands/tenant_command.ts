import { flags } from '@adonisjs/core/ace'
import { Command } from '#commands/command'
import { Refusal } from '#domain/refusal'
import Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'

/** A command about something of one tenant. */
export abstract class TenantCommand extends Command {
  @flags.string({ description: 'Slug of the tenant', flagName: 'tenant' })
  declare tenantSlug?: string

  theTenant(): Promise<Tenant> {
    if (this.tenantSlug !== undefined) return this.tenant(this.tenantSlug)
    throw new Refusal('Say which tenant is meant: --tenant=SLUG')
  }

  async service(name: string): Promise<Service> {
    const tenant = await this.theTenant()
    const services = await Service.query().where('tenantId', tenant.id).orderBy('name')
    const found = services.find((service) => service.name === name)
    if (found !== undefined) return found
    const names = services.map((service) => service.name)
    throw new Refusal(
      `There is no service "${name}" in tenant "${tenant.slug}"; there are: ${names.join(', ') || 'none'}`
    )
  }
}
