import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { migrationState, migrationTrouble } from '#domain/migration_state'
import { Refusal } from '#domain/refusal'
import { ConnectorError } from '#sdk'
import Tenant from '#domain/tenants/tenant'

/** What every command of ours shares: `--json`, one sentence for what cannot be done, exit codes 0, 1 and 2. */
export abstract class Command extends BaseCommand {
  static override options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print the answer as JSON, and nothing else' })
  declare json: boolean

  readonly needsDatabase: boolean = true

  abstract perform(): Promise<void>

  override async run(): Promise<void> {
    try {
      if (this.needsDatabase) await this.#checkDatabase()
      await this.perform()
    } catch (error) {
      this.#explain(error)
      await this.app.terminate()
    }
  }

  refuse(message: string, problems: string[] = []): void {
    this.exitCode = 1
    if (this.json) this.#print({ error: { message, problems } })
    else process.stderr.write(`${message}\n`)
  }

  #explain(error: unknown): void {
    if (error instanceof Refusal) return this.refuse(error.message, error.problems)
    if (error instanceof ConnectorError) return this.refuse(error.message)
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    const hint = this.app.config.get('logger.loggers.app.level') === 'debug' ? `\n${stack}` : ''
    this.refuse(`Something unexpected happened: ${message}. LOG_LEVEL=debug shows where.${hint}`)
  }

  /** The whole answer: data for machines, lines for people. */
  answer(data: unknown, lines: string[]): void {
    if (this.json) this.#print(data)
    else for (const line of lines) process.stdout.write(`${line}\n`)
  }

  async tenant(slug: string): Promise<Tenant> {
    const found = await Tenant.findBy('slug', slug)
    if (found !== null) return found
    const tenants = await Tenant.query().orderBy('slug')
    const slugs = tenants.map((tenant) => tenant.slug)
    throw new Refusal(
      `There is no tenant "${slug}"; there are: ${slugs.join(', ') || 'none'}. Make one with: npm run ace -- tenant:create ${slug}`
    )
  }

  async #checkDatabase(): Promise<void> {
    const trouble = migrationTrouble(await migrationState())
    if (trouble !== null) throw new Refusal(trouble)
  }

  #print(data: unknown): void {
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`)
  }
}
