import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import { removeConnection } from '#domain/connections/remove_connection'
import { endIdleChannels } from '#domain/deliveries/end_idle_channels'
import { viewConnection } from '#http/connections/connection_view'
import { allConnectors } from '#http/connections/connectors'
import { findConnection } from '#http/connections/find_connection'
import { viewForm } from '#http/connections/form_view'
import { viewHealth } from '#http/connections/health_view'
import { saveForm } from '#http/connections/save_form'
import { scopesText } from '#http/connections/scopes_text'
import { notFound } from '#http/exceptions/not_found'
import { listFiles } from '#domain/connections/tenant_folder'
import { withoutSideFiles } from '#http/files/side_files'

export default class ConnectionsController {
  async index({ inertia, tenant }: HttpContext) {
    const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
    const rows = await Promise.all(connections.map(viewConnection))
    return inertia.render('connections/index', { connections: rows })
  }

  async create({ inertia, request, tenant }: HttpContext) {
    const connectors = allConnectors()
    const chosen = connectors.find(({ name }) => name === request.qs().connector)
    if (chosen === undefined) return inertia.render('connections/create', { connectors })
    const declaration = await declarationOf(chosen.name)
    return inertia.render('connections/edit', {
      form: await viewForm(chosen.name, declaration, null),
      files: withoutSideFiles(await listFiles(tenant.id)),
      scopes: () => scopesText(request.qs(), declaration),
    })
  }

  async store(ctx: HttpContext) {
    const connector: unknown = ctx.request.input('connector')
    const known = allConnectors().find(({ name }) => name === connector)
    if (known === undefined) throw notFound()
    await saveForm(ctx, known.name, null)
  }

  async show(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    return ctx.inertia.render('connections/show', {
      connection: await viewConnection(connection),
      health: await viewHealth(connection),
    })
  }

  async edit(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    const declaration = await declarationOf(connection.connector)
    return ctx.inertia.render('connections/edit', {
      form: await viewForm(connection.connector, declaration, connection),
      files: withoutSideFiles(await listFiles(ctx.tenant.id)),
      scopes: () => scopesText(ctx.request.qs(), declaration),
    })
  }

  async update(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    await saveForm(ctx, connection.connector, connection)
  }

  async destroy(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    await endIdleChannels(connection.id)
    await removeConnection(connection, ctx.auth.getUserOrFail().id)
    const text = `The connection "${connection.name}" is deleted.`
    ctx.session.flash('notice', { kind: 'success', text })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/connections`)
  }
}
