import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { viewConnection } from '#http/connections/connection_view'

export default class ConnectionsController {
  async index({ inertia, tenant }: HttpContext) {
    const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
    return inertia.render('connections/index', { connections: connections.map(viewConnection) })
  }
}
