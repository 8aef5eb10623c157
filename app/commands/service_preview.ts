import { args, flags } from '@adonisjs/core/ace'
import { amount } from '#engine/amount'
import { TenantCommand } from '#commands/tenant_command'
import { withRunners } from '#commands/with_runners'
import { previewService } from '#domain/services/preview_service'

export default class ServicePreview extends TenantCommand {
  static override commandName = 'service:preview'
  static override description = 'Say what a run would do, without writing anything'

  @args.string({ description: 'Name of the service' })
  declare name: string

  @flags.number({ description: 'Records to look at; 20 by default', default: 20 })
  declare records: number

  override async perform() {
    const service = await this.service(this.name)
    const preview = await withRunners(() => previewService(service, this.records))
    const counts = Object.entries(preview.counts)
      .filter(([outcome, count]) => outcome !== 'delete' || count > 0)
      .map(([outcome, count]) => `${outcome} ${count}`)
    const faults = preview.records.flatMap(({ key, faults: found }) =>
      found.map(({ message }) => `  ${key}: ${message}`)
    )
    const plan = preview.plan.map(
      ({ route, records, calls, credits }) =>
        `  ${route}: ${amount(records, 'record')}, ${amount(calls, 'call')}, ${amount(credits, 'credit')}`
    )
    this.answer(preview, [
      counts.join(', '),
      ...faults,
      `Price: ${amount(preview.credits, 'credit')}`,
      ...plan,
    ])
  }
}
