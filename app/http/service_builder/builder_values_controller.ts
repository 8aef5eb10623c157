import type { HttpContext } from '@adonisjs/core/http'
import { sourceValues } from '#domain/services/source_values'
import { chosenConnection, chosenStream } from '#http/service_builder/chosen_end'
import { settled } from '#http/service_builder/settled'

/** What a field of the source holds, beyond the sample. */
export default class BuilderValuesController {
  async store(ctx: HttpContext) {
    const connection = await chosenConnection(ctx)
    const stream = chosenStream(ctx)
    const field = String(ctx.request.input('field'))
    return settled(ctx, () => sourceValues(connection, stream, field))
  }
}
