import type { HttpContext } from '@adonisjs/core/http'
import { releaseBrake } from '#domain/runs/brake_release'
import Run from '#domain/runs/run'

export default class BrakeReleasesController {
  async store({ auth, params, response, session, tenant }: HttpContext) {
    const run = await Run.query().where('tenantId', tenant.id).where('id', params.run).firstOrFail()
    const isReleased = await releaseBrake(run, auth.getUserOrFail().id)
    if (!isReleased) {
      session.flash('notice', { kind: 'error', text: 'This run does not ask any more.' })
    }
    return response.redirect(`/t/${tenant.slug}/runs/${run.id}`)
  }
}
