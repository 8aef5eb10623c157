import type { HttpContext } from '@adonisjs/core/http'
import { describeStream } from '#domain/connections/stream_catalog'
import { sampleSource } from '#domain/services/sample_source'
import { chosenConnection, chosenStream } from '#http/service_builder/chosen_end'
import { viewSample } from '#http/service_builder/sample_view'
import { settled } from '#http/service_builder/settled'

export default class BuilderSamplesController {
  async store(ctx: HttpContext) {
    const connection = await chosenConnection(ctx)
    const stream = chosenStream(ctx)
    const refresh = ctx.request.input('refresh') === true
    return settled(ctx, async () => {
      const records = await sampleSource(connection, stream, { refresh })
      const description = await describeStream(connection, stream)
      return { count: records.length, fields: viewSample(records, description) }
    })
  }
}
