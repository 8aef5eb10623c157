import { writeFile } from 'node:fs/promises'
import { flags } from '@adonisjs/core/ace'
import { appUrl } from '#config/app'
import crossdock from '#config/crossdock'
import { TenantCommand } from '#commands/tenant_command'
import { packExtension } from '#commands/zoho_extension_parts/pack_extension'
import Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import { issueExtension, revokeExtension } from '#domain/selections/issue_extension'

export default class ZohoExtension extends TenantCommand {
  static override commandName = 'zoho:extension'
  static override description = 'Pack the extension by which Zoho CRM hands over selected records'

  @flags.string({ description: 'Name of the connection to that Zoho org' })
  declare connection?: string

  @flags.string({ description: 'The file to write; crossdock-CONNECTION.zip by default' })
  declare out?: string

  @flags.string({
    description: 'Where browsers reach this server; PUBLIC_URL or APP_URL by default',
  })
  declare server?: string

  @flags.string({ description: 'A connection in Zoho by which its own servers ask this one' })
  declare via?: string

  @flags.boolean({
    description: 'Give it a new key: what was packed before opens nothing any more',
  })
  declare newKey: boolean

  @flags.boolean({ description: 'Only revoke the key' })
  declare revoke: boolean

  override async perform() {
    const connection = await this.#connection()
    if (this.revoke) return this.#revoke(connection)
    const server = this.#server()
    const { key } = await issueExtension(connection, this.newKey)
    const file = this.out ?? `crossdock-${connection.name}.zip`
    const url = `${server}/extension/${key}/selections`
    const zip = await packExtension({ url, connection: this.via ?? null })
    await writeFile(file, zip, { mode: 0o600 })
    const org = connection.account ?? connection.identity
    this.answer({ file, bytes: zip.length, org: connection.identity }, [
      `${file} is packed for the org "${org}". It holds a key: give it to an administrator of that org alone.`,
      'Upload it in Zoho CRM under Setup > Developer Hub > Widgets, hosting: Zoho, index page: /widget.html.',
    ])
  }

  async #connection(): Promise<Connection> {
    const tenant = await this.theTenant()
    const zoho = await Connection.query()
      .where('tenantId', tenant.id)
      .where('connector', 'zoho_crm')
      .orderBy('name')
    const found = zoho.find(({ name }) => name === this.connection)
    if (found !== undefined) return found
    const names = zoho.map(({ name }) => name).join(', ') || 'none'
    throw new Refusal(
      `Say which connection to Zoho CRM of tenant "${tenant.slug}" is meant: --connection=NAME; there are: ${names}`
    )
  }

  /** A page of Zoho's may ask no plain address, except on the machine itself. */
  #server(): string {
    const server = (this.server ?? crossdock.publicUrl ?? appUrl).replace(/\/+$/, '')
    const isSafe = /^(https:\/\/[^/?#\s]|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$))/.test(
      server
    )
    if (isSafe && URL.canParse(server)) return server
    throw new Refusal(
      `Zoho's pages cannot ask "${server}": set PUBLIC_URL in .env to the https address of this server, or name it by --server`
    )
  }

  async #revoke(connection: Connection) {
    const wasThere = await revokeExtension(connection)
    this.answer({ revoked: wasThere }, [
      wasThere
        ? `The extension of "${connection.name}" and its links open nothing any more.`
        : `"${connection.name}" has no extension.`,
    ])
  }
}
