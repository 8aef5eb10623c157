import type { HttpContext } from '@adonisjs/core/http'
import DeadLetter from '#domain/runs/dead_letter'
import { replayDeadLetters } from '#domain/runs/replay'
import type Service from '#domain/services/service'
import { notFound } from '#http/exceptions/not_found'
import { replayValidator } from '#http/replays/replay_validator'
import { findService } from '#http/services/find_service'

export default class ReplaysController {
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const { ids } = await ctx.request.validateUsing(replayValidator)
    if (ids) await assertOwn(service, ids)
    const run = await replayDeadLetters(service, ids ?? 'all', ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/runs/${run.id}`)
  }
}

async function assertOwn(service: Service, ids: string[]): Promise<void> {
  const own = await DeadLetter.query()
    .where('serviceId', service.id)
    .whereIn('id', ids)
    .select('id')
  if (own.length !== new Set(ids).size) throw notFound()
}
