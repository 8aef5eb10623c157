import { args, flags } from '@adonisjs/core/ace'
import { Command } from '#commands/command'
import { createTenant } from '#domain/tenants/create_tenant'

export default class TenantCreate extends Command {
  static override commandName = 'tenant:create'
  static override description = 'Make a tenant'

  @args.string({ description: 'Lower case letters, digits and hyphens' })
  declare slug: string

  @flags.string({ description: 'The name people see; the slug by default' })
  declare name?: string

  override async perform() {
    const { id, slug, name } = await createTenant(this.slug, this.name ?? this.slug)
    this.answer({ id, slug, name }, [`Tenant "${slug}" is made.`])
  }
}
