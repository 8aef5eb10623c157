import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { DateTime } from 'luxon'
import { Refusal } from '#domain/refusal'
import { syncFrom } from '#domain/runs/sync_from'
import { findService } from '#http/services/find_service'

const validator = vine.create({
  way: vine.enum(['beginning', 'date']),
  from: vine.string().trim().maxLength(40).optional().requiredWhen('way', '=', 'date'),
})

export default class ServiceSyncsController {
  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const { way, from } = await ctx.request.validateUsing(validator)
    const run = await syncFrom(
      service,
      way === 'date' ? momentOf(from) : null,
      ctx.auth.getUserOrFail().id
    )
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/runs/${run.id}`)
  }
}

function momentOf(text = ''): DateTime {
  const moment = DateTime.fromISO(text, { setZone: true })
  if (!moment.isValid) throw new Refusal('Say from which date and time: that is none')
  return moment
}
