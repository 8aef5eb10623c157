import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import Retention from '#domain/runs/retention'
import { instantText } from '#http/instant_text'
import { retentionValidator } from '#http/retentions/retention_validator'

const MEGABYTE = 1_000_000

/** How long the history is kept, and how large it may grow. */
export default class RetentionsController {
  async show({ inertia, tenant }: HttpContext) {
    const { runDays, letterDays, mostBytes, bytes, measuredAt } = await Retention.of(tenant)
    return inertia.render('retentions/show', {
      retention: {
        ...{ runDays, letterDays },
        megabytes: mostBytes === null ? null : mostBytes / MEGABYTE,
        used: bytes === null ? null : bytes / MEGABYTE,
        measuredAt: instantText(measuredAt),
      },
    })
  }

  async update({ auth, request, response, session, tenant }: HttpContext) {
    const { runDays, letterDays, megabytes } = await request.validateUsing(retentionValidator)
    if (letterDays < runDays) {
      const letters = 'Failed records are kept at least as long as runs'
      session.flash('inputErrorsBag', { letterDays: letters })
      return response.redirect().withQs().back()
    }
    const retention = await Retention.of(tenant)
    const mostBytes = megabytes === null ? null : megabytes * MEGABYTE
    await retention.merge({ runDays, letterDays, mostBytes, bytes: null, measuredAt: null }).save()
    await AuditEvent.record({
      tenantId: tenant.id,
      userId: auth.getUserOrFail().id,
      action: 'retention.changed',
      subject: tenant.id,
      detail: { runDays, letterDays, megabytes },
    })
    session.flash('notice', {
      kind: 'success',
      text: 'The history is kept as you say from now on.',
    })
    return response.redirect().withQs().back()
  }
}
