import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'

/** The connection that the address names, if it is the tenant's. */
export function findConnection({ params, tenant }: HttpContext): Promise<Connection> {
  return Connection.query()
    .where('tenantId', tenant.id)
    .where('id', params.connection)
    .firstOrFail()
}
