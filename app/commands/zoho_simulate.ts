import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/command'
import { Refusal } from '#domain/refusal'
import { editions, type Edition } from '#simulators/zoho/limits/editions'
import { locations } from '#simulators/zoho/auth/locations'
import {
  browserAccess,
  connectionEnvironment,
  connectionFile,
} from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

const EDITIONS = Object.keys(editions)

const isEdition = (name: string): name is Edition => EDITIONS.includes(name)

export default class ZohoSimulate extends Command {
  static override commandName = 'zoho:simulate'
  static override description = 'Serve a stand-in for Zoho CRM, and print a connection file for it'
  static override options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.number({ description: 'Port on 127.0.0.1; 8790 by default', default: 8790 })
  declare port: number

  @flags.number({ description: 'Makes ids and faults repeatable', default: 1 })
  declare seed: number

  @flags.string({ description: `One of ${EDITIONS.join(', ')}`, default: 'enterprise' })
  declare edition: string

  @flags.number({ description: 'Licences, by which the daily credits grow', default: 50 })
  declare users: number

  @flags.array({
    description: 'A redirect address registered for the OAuth client; any of this machine if none',
  })
  declare redirectUri?: string[]

  @flags.string({ description: 'The data centre that the OAuth callback names', default: 'us' })
  declare location: string

  @flags.number({ description: 'Milliseconds that each answer takes', default: 0 })
  declare latency: number

  @flags.number({ description: 'Seconds that an access token lives', default: 3600 })
  declare tokenLife: number

  @flags.string({ description: 'A file in which the org survives a restart' })
  declare persist?: string

  override readonly needsDatabase = false

  override async perform() {
    const { edition } = this
    if (!isEdition(edition)) {
      throw new Refusal(`--edition must be one of ${EDITIONS.join(', ')}, not "${this.edition}"`)
    }
    if (!locations.includes(this.location)) {
      const known = locations.join(', ')
      throw new Refusal(`--location must be one of ${known}, not "${this.location}"`)
    }
    if (!(this.users >= 1)) throw new Refusal('--users must be 1 or more')
    const simulator = await this.#start(edition)
    this.app.terminating(() => simulator.close())
    this.#show(simulator)
  }

  #show({ url, options }: ZohoSimulator) {
    const environment = connectionEnvironment(options)
    const browser = browserAccess(url, options)
    const redirects = browser.redirectUris.join(', ') || 'any address of this machine'
    this.answer({ url, connection: connectionFile(url), environment, browser }, [
      `# Zoho CRM is simulated at ${url} (no real org is touched). A connection file for it:`,
      connectionFile(url),
      '# with these in the environment:',
      ...Object.entries(environment).map(([name, value]) => `#   ${name}=${value}`),
      '# Through the browser instead, with the same client id and secret:',
      `#   sign in at ${browser.authorizeUrl}, redirect to ${redirects}, as one of`,
      ...browser.people.map(({ name, email, org }) => `#   ${name} <${email}>, ${org}`),
      `# and EGRESS_ALLOW=${new URL(url).host} in .env. Ctrl+C ends it.`,
    ])
  }

  async #start(edition: Edition): Promise<ZohoSimulator> {
    try {
      return await startZohoSimulator({
        port: this.port,
        seed: this.seed,
        edition,
        users: this.users,
        redirectUris: this.redirectUri ?? [],
        location: this.location,
        latencyMs: this.latency,
        tokenLifeSeconds: this.tokenLife,
        persistFile: this.persist ?? null,
      })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
      throw new Refusal(`Port ${this.port} is in use: choose another with --port, or 0 for any`)
    }
  }
}
