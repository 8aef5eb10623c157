import type { HttpContext } from '@adonisjs/core/http'
import Run from '#domain/runs/run'
import { useReserve } from '#domain/runs/use_reserve'

export default class ReserveUsesController {
  async store({ auth, params, response, session, tenant }: HttpContext) {
    const run = await Run.query().where('tenantId', tenant.id).where('id', params.run).firstOrFail()
    const isStarted = await useReserve(run, auth.getUserOrFail().id)
    if (!isStarted) {
      const text = 'This run does not wait for credits any more.'
      session.flash('notice', { kind: 'error', text })
    }
    return response.redirect(`/t/${tenant.slug}/runs/${run.id}`)
  }
}
