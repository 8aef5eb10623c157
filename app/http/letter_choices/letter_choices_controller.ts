import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { chooseMatch } from '#domain/runs/choose_match'
import Service from '#domain/services/service'
import { findLetter } from '#http/dead_letters/find_letter'

const choiceValidator = vine.create({
  /** Null creates a new record. */
  target: vine.string().maxLength(255).nullable(),
})

/** Which record of the target a failed record is. */
export default class LetterChoicesController {
  async store(ctx: HttpContext) {
    const letter = await findLetter(ctx)
    const { target } = await ctx.request.validateUsing(choiceValidator)
    const run = await chooseMatch({
      tenant: ctx.tenant,
      service: await Service.findOrFail(letter.serviceId),
      letter,
      targetId: target,
      userId: ctx.auth.getUserOrFail().id,
    })
    ctx.response.redirect(`/t/${ctx.tenant.slug}/runs/${run.id}`)
  }
}
