import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { stringify } from 'yaml'
import { applyService } from '#domain/services/apply_service'
import { parseServiceFile } from '#domain/services/service_file'
import { findService } from '#http/services/find_service'

const LONGEST_FILE = 500_000
const validator = vine.create({
  content: vine.string().maxLength(LONGEST_FILE),
  note: vine.string().trim().maxLength(255).optional(),
})

export default class ServiceFilesController {
  async show(ctx: HttpContext) {
    const service = await findService(ctx)
    const { definition } = await service.currentRevision()
    ctx.response.header('content-type', 'application/yaml; charset=utf-8')
    ctx.response.header('content-disposition', `attachment; filename="${service.name}.yaml"`)
    return ctx.response.send(stringify(definition, { lineWidth: 100 }))
  }

  /** Makes or changes the service that the file describes, as the command does. */
  async store({ auth, request, response, tenant }: HttpContext) {
    const { content, note } = await request.validateUsing(validator)
    const definition = await parseServiceFile(content, 'The file')
    const { service } = await applyService(tenant, definition, {
      userId: auth.getUserOrFail().id,
      ...(note === undefined ? {} : { note }),
    })
    return response.redirect(`/t/${tenant.slug}/services/${service.id}`)
  }
}
