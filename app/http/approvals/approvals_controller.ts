import type { HttpContext } from '@adonisjs/core/http'
import { approvePreview } from '#domain/runs/approve_preview'
import { findPreview } from '#http/previews/find_preview'

export default class ApprovalsController {
  async store(ctx: HttpContext) {
    const preview = await findPreview(ctx)
    const run = await approvePreview(preview, ctx.auth.getUserOrFail().id)
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/runs/${run.id}`)
  }
}
