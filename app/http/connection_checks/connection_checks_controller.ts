import type { HttpContext } from '@adonisjs/core/http'
import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'

/** A check saves what it found: the page shows it where the connection stands. */
export default class ConnectionChecksController {
  async store({ params, response, tenant }: HttpContext) {
    const connection = await Connection.query()
      .where('tenantId', tenant.id)
      .where('id', params.connection)
      .firstOrFail()
    await checkConnection(connection)
    return response.redirect(`/t/${tenant.slug}/connections`)
  }
}
