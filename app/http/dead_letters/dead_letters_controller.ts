import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import type DeadLetter from '#domain/runs/dead_letter'
import Service from '#domain/services/service'
import { roleReaches } from '#domain/tenants/membership'
import { findLetter } from '#http/dead_letters/find_letter'
import { readLetterFilter } from '#http/dead_letters/letter_filter'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import { lettersOf } from '#http/dead_letters/letters_of'
import { viewPayload } from '#http/dead_letters/payload_view'
import { paged } from '#http/paged'
import { findService } from '#http/services/find_service'

export default class DeadLettersController {
  async index(ctx: HttpContext) {
    const service = await findService(ctx)
    const asked = ctx.request.qs()
    const filter = readLetterFilter(asked)
    return ctx.inertia.render('dead_letters/index', {
      service: { id: service.id, name: service.name },
      letters: await paged(lettersOf(service, filter), asked.page, (letter) =>
        viewLetterRow(letter, ctx.role)
      ),
      filter,
    })
  }

  async show(ctx: HttpContext) {
    const letter = await findLetter(ctx)
    const { id, name } = await Service.findOrFail(letter.serviceId)
    return ctx.inertia.render('dead_letters/show', {
      letter: viewLetterRow(letter, ctx.role),
      service: { id, name },
      payload: await payloadFor(ctx, letter),
    })
  }
}

/** A viewer sees that a record failed and why, never the record itself. Who looks is written down. */
async function payloadFor({ auth, role, tenant }: HttpContext, letter: DeadLetter) {
  if (!roleReaches(role, 'operator')) return null
  await AuditEvent.record({
    tenantId: tenant.id,
    userId: auth.getUserOrFail().id,
    action: 'payload.seen',
    subject: letter.id,
    detail: { service: letter.serviceId, key: letter.sourceKey },
  })
  return viewPayload(letter, tenant)
}
