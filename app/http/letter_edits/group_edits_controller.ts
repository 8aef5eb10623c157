import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import { editLetters } from '#domain/runs/edit_letter'
import { readLetterFilter } from '#http/dead_letters/letter_filter'
import { lettersOf } from '#http/dead_letters/letters_of'
import { answerEdit } from '#http/letter_edits/answer_edit'
import { groupEditValidator } from '#http/letter_edits/edit_validator'
import { viewEdit } from '#http/letter_edits/edit_view'
import { findService } from '#http/services/find_service'

/** As many records as one change is made to at once. */
const MOST = 1000
const SHOWN = 50

/** The same change for all open failed records with one cause. */
export default class GroupEditsController {
  async create(ctx: HttpContext) {
    const service = await findService(ctx)
    const filter = { ...readLetterFilter(ctx.request.qs()), show: 'open' as const }
    const letters = await lettersOf(service, filter).limit(MOST)
    const shown = letters.slice(0, SHOWN)
    if (shown.length > 0) {
      await AuditEvent.record({
        tenantId: ctx.tenant.id,
        userId: ctx.auth.getUserOrFail().id,
        action: 'payload.seen',
        subject: service.id,
        detail: { letters: shown.map(({ id }) => id) },
      })
    }
    return ctx.inertia.render('dead_letters/edit_group', {
      service: { id: service.id, name: service.name },
      filter,
      count: letters.length,
      records: await Promise.all(
        shown.map(async (letter) => ({
          id: letter.id,
          key: letter.sourceKey,
          message: letter.message,
          fields: await viewEdit(letter, service, ctx.tenant),
        }))
      ),
    })
  }

  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const { code, field, run, name, text, sendsSound } =
      await ctx.request.validateUsing(groupEditValidator)
    const letters = await lettersOf(service, { code, field, run, show: 'open' }).limit(MOST)
    const outcome = await editLetters({
      tenant: ctx.tenant,
      service,
      letters,
      texts: { [name]: text ?? '' },
      userId: ctx.auth.getUserOrFail().id,
      sendsSound,
    })
    answerEdit(ctx, outcome)
  }
}
