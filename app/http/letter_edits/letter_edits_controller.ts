import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import { editLetters } from '#domain/runs/edit_letter'
import Service from '#domain/services/service'
import { findLetter } from '#http/dead_letters/find_letter'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import { answerEdit } from '#http/letter_edits/answer_edit'
import { letterEditValidator } from '#http/letter_edits/edit_validator'
import { viewEdit } from '#http/letter_edits/edit_view'

/** One failed record, mended by hand. */
export default class LetterEditsController {
  async create(ctx: HttpContext) {
    const letter = await findLetter(ctx)
    const service = await Service.findOrFail(letter.serviceId)
    await AuditEvent.record({
      tenantId: ctx.tenant.id,
      userId: ctx.auth.getUserOrFail().id,
      action: 'payload.seen',
      subject: letter.id,
      detail: { service: service.id, key: letter.sourceKey },
    })
    return ctx.inertia.render('dead_letters/edit', {
      letter: viewLetterRow(letter, ctx.role),
      service: { id: service.id, name: service.name },
      fields: await viewEdit(letter, service, ctx.tenant),
    })
  }

  async store(ctx: HttpContext) {
    const letter = await findLetter(ctx)
    const { texts } = await ctx.request.validateUsing(letterEditValidator)
    const outcome = await editLetters({
      tenant: ctx.tenant,
      service: await Service.findOrFail(letter.serviceId),
      letters: [letter],
      texts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ?? ''])),
      userId: ctx.auth.getUserOrFail().id,
      sendsSound: false,
    })
    answerEdit(ctx, outcome)
  }
}
