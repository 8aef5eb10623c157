import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import crossdock from '#config/crossdock'
import { Refusal } from '#domain/refusal'
import { linkToken } from '#domain/selections/selection_link'
import { storeSelection } from '#domain/selections/store_selection'
import { readSelected } from '#http/selections/read_selected'
import { viewDashboard } from '#http/selections/dashboard_view'

export default class SelectionsController {
  /** The door of packed extensions: what is selected is kept, and a link to it is answered. */
  async store({ request, response, extension }: HttpContext) {
    const selected = await readSelected(request.body())
    if (typeof selected === 'string') return response.status(422).send({ error: selected })
    try {
      const selection = await storeSelection(extension, selected)
      const link = `${crossdock.publicUrl ?? appUrl}/x/${await linkToken(selection)}`
      return response.status(201).send({ link, expiresAt: selection.expiresAt.toISO() })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return response.status(422).send({ error: error.message })
    }
  }

  async show(ctx: HttpContext) {
    return ctx.inertia.render('selections/show', await viewDashboard(ctx))
  }
}
