import type { HttpContext } from '@adonisjs/core/http'
import { checkConnection } from '#domain/connections/check_connection'
import { findConnection } from '#http/connections/find_connection'

/** A check saves what it found: the page shows it where the connection stands. */
export default class ConnectionChecksController {
  async store(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    await checkConnection(connection)
    const address = `/t/${ctx.tenant.slug}/connections`
    const isOnItsPage = ctx.request.qs().from === 'page'
    return ctx.response.redirect(isOnItsPage ? `${address}/${connection.id}` : address)
  }
}
