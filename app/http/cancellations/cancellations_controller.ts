import type { HttpContext } from '@adonisjs/core/http'
import { cancelRun } from '#domain/runs/cancel_run'
import Run from '#domain/runs/run'

export default class CancellationsController {
  async store({ auth, params, response, tenant }: HttpContext) {
    const run = await Run.query().where('tenantId', tenant.id).where('id', params.run).firstOrFail()
    await cancelRun(run, auth.getUserOrFail().id)
    return response.redirect(`/t/${tenant.slug}/runs/${run.id}`)
  }
}
