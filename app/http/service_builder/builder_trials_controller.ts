import type { HttpContext } from '@adonisjs/core/http'
import { readDraftContent } from '#domain/services/draft_content'
import { draftTrial } from '#domain/services/draft_trial'
import { settled } from '#http/service_builder/settled'

/** Maps real records by what is typed, without storing anything. */
export default class BuilderTrialsController {
  async store(ctx: HttpContext) {
    return settled(ctx, async () => {
      const definition = readDraftContent(ctx.request.input('definition'))
      return { trial: await draftTrial(ctx.tenant, definition) }
    })
  }
}
