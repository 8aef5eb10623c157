import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { setCreditLimits } from '#domain/runs/set_credit_limits'
import { creditLimitsValidator } from '#http/credits/credit_limits_validator'

export default class CreditLimitsController {
  async store({ auth, params, request, response, session, tenant }: HttpContext) {
    const connection = await Connection.query()
      .where('tenantId', tenant.id)
      .where('id', params.connection)
      .firstOrFail()
    const limits = await request.validateUsing(creditLimitsValidator)
    await setCreditLimits(connection, limits, auth.getUserOrFail().id)
    const text = 'Saved. Runs that wait for credits are looked at again.'
    session.flash('notice', { kind: 'success', text })
    return response.redirect(`/t/${tenant.slug}/credits`)
  }
}
