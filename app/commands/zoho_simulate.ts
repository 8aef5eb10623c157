import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Command } from '#commands/command'
import { Refusal } from '#domain/refusal'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'

const EDITIONS = ['free', 'standard', 'professional', 'enterprise', 'ultimate'] as const

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

  @flags.number({ description: 'Milliseconds that each answer takes', default: 0 })
  declare latency: number

  @flags.number({ description: 'Seconds that an access token lives', default: 3600 })
  declare tokenLife: number

  @flags.string({ description: 'A file in which the org survives a restart' })
  declare persist?: string

  override readonly needsDatabase = false

  override async perform() {
    const edition = EDITIONS.find((known) => known === this.edition)
    if (edition === undefined) {
      throw new Refusal(`--edition must be one of ${EDITIONS.join(', ')}, not "${this.edition}"`)
    }
    const simulator = await this.#start(edition)
    const environment = connectionEnvironment(simulator.options)
    this.app.terminating(() => simulator.close())
    this.answer({ url: simulator.url, connection: connectionFile(simulator.url), environment }, [
      `# Zoho CRM is simulated at ${simulator.url} (no real org is touched). A connection file for it:`,
      connectionFile(simulator.url),
      '# with these in the environment:',
      ...Object.entries(environment).map(([name, value]) => `#   ${name}=${value}`),
      `# and EGRESS_ALLOW=${new URL(simulator.url).host} in .env. Ctrl+C ends it.`,
    ])
  }

  async #start(edition: (typeof EDITIONS)[number]): Promise<ZohoSimulator> {
    try {
      return await startZohoSimulator({
        port: this.port,
        seed: this.seed,
        edition,
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
