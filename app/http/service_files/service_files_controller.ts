import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { applyServiceFile } from '#domain/services/apply_service_file'
import { writeServiceFile } from '#domain/services/write_service_file'
import { findService } from '#http/services/find_service'

const LONGEST_FILE = 500_000
const validator = vine.create({
  content: vine.string().maxLength(LONGEST_FILE),
  note: vine.string().trim().maxLength(255).optional(),
})

export default class ServiceFilesController {
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    ctx.response.header('content-type', 'application/yaml; charset=utf-8')
    ctx.response.header('content-disposition', `attachment; filename="${service.name}.yaml"`)
    return ctx.response.send(await writeServiceFile(service))
  }

  /** Makes or changes the service that the file describes, as the command does. */
  async store({ auth, request, response, tenant }: HttpContext) {
    const { content, note } = await request.validateUsing(validator)
    const options = { userId: auth.getUserOrFail().id, ...(note === undefined ? {} : { note }) }
    const file = { text: content, name: 'The file' }
    const { service } = await applyServiceFile(tenant, file, options)
    return response.redirect(`/t/${tenant.slug}/services/${service.id}`)
  }
}
