import { flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { appUrl } from '#config/app'
import crossdock from '#config/crossdock'
import { Command } from '#commands/command'
import { ProgressBar } from '#commands/demo_parts/progress_bar'
import { openShop } from '#commands/demo_parts/open_shop'
import { prepareTenants } from '#commands/demo_parts/prepare_tenants'
import { prepareService } from '#commands/demo_parts/prepare_service'
import { ServerProcessHandle } from '#commands/demo_parts/server_process_handle'
import { startSimulator } from '#commands/demo_parts/start_simulator'
import { followRun } from '#commands/follow_run'
import { reportLines } from '#commands/report_lines'
import { withRunners } from '#commands/with_runners'
import { Refusal } from '#domain/refusal'
import { reportRun } from '#domain/runs/run_report'
import type { RunReport } from '#domain/runs/run_report'
import ServerProcess from '#domain/runs/server_process'
import { startRun } from '#domain/runs/start_run'
import type Service from '#domain/services/service'

const SOURCES = ['sqlite', 'mysql'] as const

/** Only the demo's own server may reach the simulator: others have to be told. */
const howToCommand = ({ name }: Service, tenant: string) =>
  `In another terminal: EGRESS_ALLOW=${crossdock.egressAllow.join(',')} npm run ace -- service:preview ${name} --tenant=${tenant}`

export default class Demo extends Command {
  static override commandName = 'demo'
  static override description =
    'Move a shop of 25,000 orders into a simulated Zoho CRM, and show it in the browser'
  static override options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.number({ description: 'Orders in the shop', default: 25_000 })
  declare records: number

  @flags.string({ description: 'Where the shop keeps them: sqlite or mysql', default: 'sqlite' })
  declare source: string

  @flags.boolean({ description: 'End after the report' })
  declare exit: boolean

  readonly #closers: Array<() => Promise<unknown>> = []

  override async perform() {
    const source = this.#checkedSource()
    if (await ServerProcess.isAnyAlive()) {
      throw new Refusal(
        'A server is running on this data folder, and the demo brings its own: stop that one first'
      )
    }
    this.app.terminating(() => this.#close())
    try {
      await this.#play(source)
    } catch (error) {
      await this.#close()
      throw error
    }
    if (this.exit || this.exitCode === 1) await this.app.terminate()
  }

  async #play(source: (typeof SOURCES)[number]): Promise<void> {
    const signIns = await prepareTenants()
    const simulator = await startSimulator(crossdock.dataRoot)
    this.#closers.push(() => simulator.close())
    this.#say(`Zoho CRM is simulated at ${simulator.url}`)
    const shop = await openShop(source, signIns.tenant, this.records)
    this.#closers.push(shop.close)
    this.#say(`The shop has ${this.records.toLocaleString('en')} orders in ${source}`)
    crossdock.egressAllow.push(new URL(simulator.url).host, ...shop.egress)

    const service = await withRunners(() =>
      prepareService(signIns.tenant, shop.connection, simulator)
    )
    const server = await ServerProcessHandle.start(crossdock.egressAllow)
    this.#closers.push(() => server.close())
    this.#say(`The server answers at ${appUrl}`)

    const report = await this.#run(service)
    this.exitCode = report.state === 'failed' || report.state === 'cancelled' ? 1 : 0
    this.answer(report, [
      ...reportLines(report),
      '',
      `Look at it: ${appUrl}/t/${signIns.tenant.slug}/runs/${report.id}`,
      ...signIns.lines,
      ...(this.exit ? [] : [howToCommand(service, signIns.tenant.slug), 'Ctrl+C ends the demo.']),
    ])
  }

  async #run(service: Service): Promise<RunReport> {
    const run = await startRun(service, { trigger: 'manual', requestedBy: null })
    const bar = new ProgressBar(this.records)
    const ended = await followRun(run, null, (looked) => bar.show(looked))
    bar.end()
    return reportRun(ended)
  }

  #checkedSource() {
    const source = SOURCES.find((known) => known === this.source)
    if (source === undefined) {
      throw new Refusal(`--source must be ${SOURCES.join(' or ')}, not "${this.source}"`)
    }
    if (!Number.isInteger(this.records) || this.records < 100) {
      throw new Refusal(`--records must be a whole number of at least 100`)
    }
    return source
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  #say(line: string): void {
    process.stderr.write(`• ${line}\n`)
  }
}
