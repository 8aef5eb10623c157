import { args } from '@adonisjs/core/ace'
import { readText } from '#commands/read_text'
import { TenantCommand } from '#commands/tenant_command'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { keepCreditTerms } from '#domain/runs/keep_credit_terms'

export default class ConnectionApply extends TenantCommand {
  static override commandName = 'connection:apply'
  static override description = 'Make a connection what a file says'

  @args.string({ description: 'A YAML file; secrets that begin with $ come from the environment' })
  declare file: string

  override async perform() {
    const tenant = await this.theTenant()
    const file = parseConnectionFile(await readText(this.file), this.file, process.env)
    const connection = await applyConnection(tenant, file, null)
    await keepCreditTerms(connection, file.credits)
    const { id, name, connector } = connection
    this.answer({ id, name, connector }, [`Connection "${name}" (${connector}) is saved.`])
  }
}
