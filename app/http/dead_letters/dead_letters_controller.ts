import type { HttpContext } from '@adonisjs/core/http'
import DeadLetter from '#domain/runs/dead_letter'
import Service from '#domain/services/service'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import { viewPayload } from '#http/dead_letters/payload_view'
import { paged } from '#http/paged'
import { findService } from '#http/services/find_service'

export default class DeadLettersController {
  async index(ctx: HttpContext) {
    const service = await findService(ctx)
    const { code, page, show } = ctx.request.qs()
    const letters = DeadLetter.query()
      .where('tenantId', ctx.tenant.id)
      .where('serviceId', service.id)
      .if(typeof code === 'string', (query) => query.where('code', code))
      .if(show !== 'all', (query) => query.whereNull('resolvedAt'))
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')

    return ctx.inertia.render('dead_letters/index', {
      service: { id: service.id, name: service.name },
      letters: await paged(letters, page, viewLetterRow),
      filter: {
        code: typeof code === 'string' ? code : null,
        show: show === 'all' ? 'all' : 'open',
      },
    })
  }

  async show({ inertia, params, tenant }: HttpContext) {
    const letter = await DeadLetter.query()
      .where('tenantId', tenant.id)
      .where('id', params.letter)
      .firstOrFail()
    const service = await Service.findOrFail(letter.serviceId)

    return inertia.render('dead_letters/show', {
      letter: viewLetterRow(letter),
      service: { id: service.id, name: service.name },
      payload: viewPayload(letter, tenant),
    })
  }
}
