import type { HttpContext } from '@adonisjs/core/http'
import { draftProblems } from '#domain/services/draft_problems'
import { findDraft } from '#http/service_drafts/find_draft'
import { settled } from '#http/service_builder/settled'

/** What keeps a draft, as it was last stored, from being saved as a revision. */
export default class DraftChecksController {
  async store(ctx: HttpContext) {
    const { content } = await findDraft(ctx)
    return settled(ctx, async () => ({ problems: await draftProblems(ctx.tenant, content) }))
  }
}
