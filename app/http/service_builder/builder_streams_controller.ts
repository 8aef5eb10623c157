import type { HttpContext } from '@adonisjs/core/http'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { makesStreams } from '#domain/connections/create_stream'
import { inquire } from '#domain/runners'
import { draftStream } from '#domain/services/draft_stream'
import { chosenConnection, chosenStream } from '#http/service_builder/chosen_end'
import { settled } from '#http/service_builder/settled'

export default class BuilderStreamsController {
  async index(ctx: HttpContext) {
    const connection = await chosenConnection(ctx)
    return settled(ctx, async () => ({
      streams: await inquire<'list'>({
        ask: 'list',
        connection: await grantConnection(connection),
        grounds: await groundsOf(connection.tenantId),
      }),
      makesTables: await makesStreams(connection),
    }))
  }

  async store(ctx: HttpContext) {
    const connection = await chosenConnection(ctx)
    const stream = chosenStream(ctx)
    const refresh = ctx.request.input('refresh') === true
    return settled(ctx, async () => ({
      stream: await draftStream(connection, stream, { refresh }),
    }))
  }
}
