import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#domain/refusal'
import { executeSelection } from '#domain/selections/execute_selection'
import { selectableServices } from '#domain/selections/selectable_services'
import { notFound } from '#http/exceptions/not_found'

export default class ExecutionsController {
  async store({ selection, params, response, logger }: HttpContext) {
    const services = await selectableServices(selection)
    const service = services.find(({ id }) => id === params.service)
    if (service === undefined) throw notFound()
    try {
      await executeSelection(selection, service)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // The page that follows says why: a frame keeps no cookie that could carry the sentence.
      logger.info({ selectionId: selection.id }, error.message)
    }
    const page = `/x/${encodeURIComponent(String(params.token))}`
    return response.redirect().status(303).toPath(`${page}?service=${service.id}`)
  }
}
