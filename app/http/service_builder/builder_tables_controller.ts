import type { HttpContext } from '@adonisjs/core/http'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { describeStream } from '#domain/connections/stream_catalog'
import { Refusal } from '#domain/refusal'
import { inquire } from '#domain/runners'
import { draftEnd } from '#domain/services/draft_problems'
import { makeTable } from '#domain/services/make_table'
import { readNewTable } from '#domain/services/new_table'
import { proposeTable } from '#domain/services/propose_table'
import { chosenConnection, chosenStream } from '#http/service_builder/chosen_end'
import { settled } from '#http/service_builder/settled'

/** Tables that a service's records are to go to, and that are not there yet. */
export default class BuilderTablesController {
  /** What the form begins with. */
  async create(ctx: HttpContext) {
    const source = await chosenConnection(ctx)
    const stream = chosenStream(ctx)
    return settled(ctx, async () => {
      const description = await describeStream(source, stream)
      const taken = await namesIn(await chosenTarget(ctx))
      return { table: proposeTable(description, taken), fields: description.fields }
    })
  }

  async store(ctx: HttpContext) {
    const source = await chosenConnection(ctx)
    const stream = chosenStream(ctx)
    return settled(ctx, async () => {
      const target = await chosenTarget(ctx)
      const table = readNewTable(ctx.request.input('table'))
      const { id } = ctx.auth.getUserOrFail()
      const { description, rows } = await makeTable({ source, stream, target }, table, id)
      return { name: description.name, key: description.key, rows }
    })
  }
}

async function chosenTarget({ request, tenant }: HttpContext): Promise<Connection> {
  const name: unknown = request.input('target')
  const found = typeof name === 'string' ? await draftEnd(tenant, name) : null
  if (found === null) throw new Refusal('The target’s connection is gone. Choose another.')
  return found
}

async function namesIn(connection: Connection): Promise<string[]> {
  const streams = await inquire<'list'>({
    ask: 'list',
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
  })
  return streams.map(({ name }) => name)
}
