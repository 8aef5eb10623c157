import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import { Refusal } from '#domain/refusal'
import AuditEvent from '#domain/audit/audit_event'
import SetupLink from '#domain/tenants/setup_link'
import User from '#domain/tenants/user'
import { setupValidator } from '#http/setups/setup_validator'

/** The first operator's account, made by the one-time link that the terminal shows. */
export default class SetupsController {
  async index({ inertia, response }: HttpContext) {
    if (await User.query().first()) return response.redirect('/login')
    return inertia.render('setups/index', {})
  }

  async show({ inertia, params }: HttpContext) {
    const link = await openLink(params.token)
    return inertia.render('setups/show', { token: link ? String(params.token) : null })
  }

  async store({ auth, params, request, response }: HttpContext) {
    const account = await request.validateUsing(setupValidator)
    const link = await openLink(params.token)
    if (!(await link?.use())) throw deadLink()
    const user = await User.create({ ...account, isOperator: true, createdAt: DateTime.utc() })
    await AuditEvent.record({
      tenantId: null,
      userId: user.id,
      action: 'operator.created',
      subject: user.email,
    })
    await auth.use('web').login(user)
    return response.redirect('/')
  }
}

/** Each start without a user shows a new link: the first user ends them all. */
async function openLink(token: string): Promise<SetupLink | null> {
  return (await User.query().first()) ? null : SetupLink.findOpen(token)
}

function deadLink(): Refusal {
  return new Refusal(
    'This link has been used or is too old. While nobody has an account, each start of the server shows a new one.'
  )
}
