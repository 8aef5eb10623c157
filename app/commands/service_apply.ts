import { args, flags } from '@adonisjs/core/ace'
import { readText } from '#commands/read_text'
import { TenantCommand } from '#commands/tenant_command'
import { withRunners } from '#commands/with_runners'
import { applyServiceFile } from '#domain/services/apply_service_file'

export default class ServiceApply extends TenantCommand {
  static override commandName = 'service:apply'
  static override description = 'Make a service what a file says, as a new revision'

  @args.string({ description: 'A YAML file' })
  declare file: string

  @flags.string({ description: 'A note on the revision' })
  declare note?: string

  override async perform() {
    const tenant = await this.theTenant()
    const file = { text: await readText(this.file), name: this.file }
    const { service, isChanged } = await withRunners(() =>
      applyServiceFile(tenant, file, { userId: null, note: this.note })
    )
    const { id, name, revision } = service
    const what = isChanged
      ? `is saved as revision ${revision}`
      : `is unchanged (revision ${revision})`
    this.answer({ id, name, revision, changed: isChanged }, [`Service "${name}" ${what}.`])
  }
}
