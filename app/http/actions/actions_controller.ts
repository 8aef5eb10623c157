import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { declaredActions } from '#domain/connections/declared_actions'
import { runAction } from '#domain/connections/run_action'
import { actionValidator } from '#http/actions/action_validator'
import { viewAction, viewResult, viewStreams } from '#http/actions/action_view'
import type { ActionResultView } from '#http/actions/action_view'
import { connectorOf } from '#http/connections/connectors'
import { notFound } from '#http/exceptions/not_found'

export default class ActionsController {
  async index(ctx: HttpContext) {
    return show(ctx, await findConnection(ctx), null)
  }

  /** Answers the page itself: what came back is kept nowhere. */
  async store(ctx: HttpContext) {
    const connection = await findConnection(ctx)
    const { action, inputs } = await ctx.request.validateUsing(actionValidator)
    const known = await declaredActions(connection.connector)
    if (!known.some(({ name }) => name === action)) throw notFound()
    const userId = ctx.auth.getUserOrFail().id
    return show(
      ctx,
      connection,
      viewResult(await runAction(connection, { action, inputs, userId }))
    )
  }
}

async function show(ctx: HttpContext, connection: Connection, result: ActionResultView | null) {
  const { id, name, connector } = connection
  const actions = await declaredActions(connector)
  const wanted = ctx.request.input('action')
  return ctx.inertia.render('actions/index', {
    connection: { id, name, connector: connectorOf(connector).title },
    actions: actions.map(viewAction),
    chosen: actions.some((action) => action.name === wanted) ? String(wanted) : null,
    streams: ctx.inertia.defer(() => viewStreams(connection), { rescue: true }),
    result,
  })
}

function findConnection({ params, tenant }: HttpContext): Promise<Connection> {
  return Connection.query()
    .where('tenantId', tenant.id)
    .where('id', params.connection)
    .firstOrFail()
}
