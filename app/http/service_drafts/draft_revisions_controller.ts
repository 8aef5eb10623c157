import type { HttpContext } from '@adonisjs/core/http'
import { saveDraft } from '#domain/services/draft_save'
import { findDraft } from '#http/service_drafts/find_draft'
import { settled } from '#http/service_builder/settled'

const LONGEST_NOTE = 500

/** Makes a revision of a draft as it was last stored. */
export default class DraftRevisionsController {
  async store(ctx: HttpContext) {
    const { auth, request, session, tenant } = ctx
    const draft = await findDraft(ctx)
    const note: unknown = request.input('note')
    return settled(ctx, async () => {
      const saved = await saveDraft(tenant, draft, {
        userId: auth.getUserOrFail().id,
        note: typeof note === 'string' ? note.trim().slice(0, LONGEST_NOTE) || null : null,
        isEnabled: request.input('isEnabled') === true,
      })
      if (!saved.ok) return { problems: saved.problems, location: null }
      const { service, isChanged } = saved
      const text = isChanged
        ? `"${service.name}" is saved as revision ${service.revision}.`
        : `Nothing was changed: "${service.name}" stays at revision ${service.revision}.`
      session.flash('notice', { kind: 'success', text })
      const page = request.input('then') === 'preview' ? '/preview' : ''
      return { problems: [], location: `/t/${tenant.slug}/services/${service.id}${page}` }
    })
  }
}
