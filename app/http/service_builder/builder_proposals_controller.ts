import type { HttpContext } from '@adonisjs/core/http'
import { describeStream } from '#domain/connections/stream_catalog'
import { readDraftContent } from '#domain/services/draft_content'
import { draftEnd } from '#domain/services/draft_problems'
import { proposeMapping } from '#domain/services/propose_mapping'
import { settled } from '#http/service_builder/settled'

export default class BuilderProposalsController {
  async store(ctx: HttpContext) {
    return settled(ctx, async () => {
      const { source, target, mapping } = readDraftContent(ctx.request.input('definition'))
      const from = await draftEnd(ctx.tenant, source.connection)
      const to = await draftEnd(ctx.tenant, target.connection)
      if (from === null || to === null) return { rows: [] }
      const rows = proposeMapping(
        await describeStream(from, source.stream),
        await describeStream(to, target.stream),
        mapping,
        { isSameAccount: from.id === to.id }
      )
      return { rows }
    })
  }
}
