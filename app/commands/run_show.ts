import { args } from '@adonisjs/core/ace'
import { Command } from '#commands/command'
import { exitCodeOf, reportLines } from '#commands/report_lines'
import { Refusal } from '#domain/refusal'
import Run from '#domain/runs/run'
import { reportRun } from '#domain/runs/run_report'

export default class RunShow extends Command {
  static override commandName = 'run:show'
  static override description = 'Report on a run'

  @args.string({ description: 'Id of the run' })
  declare id: string

  override async perform() {
    const run = await Run.find(this.id)
    if (run === null) throw new Refusal(`There is no run "${this.id}"`)
    const report = await reportRun(run)
    this.exitCode = exitCodeOf(report)
    this.answer(report, reportLines(report))
  }
}
