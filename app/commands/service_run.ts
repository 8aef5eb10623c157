import { args, flags } from '@adonisjs/core/ace'
import { followRun } from '#commands/follow_run'
import crossdock from '#config/crossdock'
import { exitCodeOf, reportLines } from '#commands/report_lines'
import { TenantCommand } from '#commands/tenant_command'
import { withRunners } from '#commands/with_runners'
import { Refusal } from '#domain/refusal'
import { reportRun } from '#domain/runs/run_report'
import ServerProcess from '#domain/runs/server_process'
import { startRun } from '#domain/runs/start_run'

export default class ServiceRun extends TenantCommand {
  static override commandName = 'service:run'
  static override description = 'Run a service now'

  @args.string({ description: 'Name of the service' })
  declare name: string

  @flags.boolean({ description: 'Wait for the end, and report' })
  declare wait: boolean

  override async perform() {
    const service = await this.service(this.name)
    const request = { trigger: 'manual' as const, requestedBy: null }
    if (this.wait) {
      const run = await withRunners(
        async (occasion) => followRun(await startRun(service, request), occasion),
        crossdock.runners
      )
      const report = await reportRun(run)
      this.exitCode = exitCodeOf(report)
      return this.answer(report, reportLines(report))
    }
    if (!(await ServerProcess.isAnyAlive())) {
      throw new Refusal(
        'No server is running that could work the run: start one with npm start, or add --wait'
      )
    }
    const { id, state } = await startRun(service, request)
    this.answer({ id, state }, [
      `Run ${id} is ${state}. See it with: npm run ace -- run:show ${id}`,
    ])
  }
}
