import type { HttpContext } from '@adonisjs/core/http'
import { checkConnection } from '#domain/connections/check_connection'
import { findConnection } from '#http/connections/find_connection'

/**
 * A check saves what it found: the page shows it where the connection stands. Where nothing could
 * be found out, that alone is said.
 */
export default class ConnectionChecksController {
  async store(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    const result = await checkConnection(connection)
    if (!result.ok && result.tryAfter !== undefined) {
      ctx.session.flash('notice', { kind: 'warning', text: result.message })
    }
    const address = `/t/${ctx.tenant.slug}/connections`
    const isOnItsPage = ctx.request.qs().from === 'page'
    return ctx.response.redirect(isOnItsPage ? `${address}/${connection.id}` : address)
  }
}
