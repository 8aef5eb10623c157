import { args } from '@adonisjs/core/ace'
import { TenantCommand } from '#commands/tenant_command'
import { withRunners } from '#commands/with_runners'
import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'

export default class ConnectionTest extends TenantCommand {
  static override commandName = 'connection:test'
  static override description = 'Try a connection'

  @args.string({ description: 'Name of the connection' })
  declare name: string

  override async perform() {
    const tenant = await this.theTenant()
    const connection = await Connection.query()
      .where('tenantId', tenant.id)
      .where('name', this.name)
      .first()
    if (connection === null) {
      throw new Refusal(`There is no connection "${this.name}" in tenant "${tenant.slug}"`)
    }
    const result = await withRunners(() => checkConnection(connection))
    this.exitCode = result.ok ? 0 : 1
    const isUntested = !result.ok && result.tryAfter !== undefined
    const said = `${result.ok ? 'It works' : 'It does not work'}: ${result.message}`
    this.answer(result, [isUntested ? result.message : said])
  }
}
