import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { migrationState, migrationTrouble } from '#domain/migration_state'
import { Refusal } from '#domain/refusal'
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
      if (!(error instanceof Refusal)) throw error
      this.refuse(error.message, error.problems)
    }
  }

  refuse(message: string, problems: string[] = []): void {
    this.exitCode = 1
    if (this.json) this.#print({ error: { message, problems } })
    else process.stderr.write(`${message}\n`)
  }

  /** The whole answer: data for machines, lines for people. */
  answer(data: unknown, lines: string[]): void {
    if (this.json) this.#print(data)
    else for (const line of lines) process.stdout.write(`${line}\n`)
  }

  async tenant(slug: string): Promise<Tenant> {
    const found = await Tenant.findBy('slug', slug)
    if (found !== null) return found
    const slugs = (await Tenant.query().orderBy('slug')).map((tenant) => tenant.slug)
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
