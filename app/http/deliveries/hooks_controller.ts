import type { HttpContext } from '@adonisjs/core/http'
import { storeDelivery } from '#domain/deliveries/receive_delivery'

/** The door of vendors: stored, then answered at once. What it means is found out later. */
export default class HooksController {
  async store({ channel, webhook, response }: HttpContext) {
    await storeDelivery(channel, webhook, Date.now())
    return response.status(204).send(null)
  }
}
