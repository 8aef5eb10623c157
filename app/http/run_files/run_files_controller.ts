import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { exportRuns } from '#domain/runs/export_runs'
import Service from '#domain/services/service'
import { readRunFilter, searchOf } from '#http/runs/run_filter'

/** The execution history as a CSV file, with the same filters as its page. */
export default class RunFilesController {
  async show({ request, response, role, tenant }: HttpContext) {
    const services = await Service.query().where('tenantId', tenant.id).select('id')
    const filter = readRunFilter(
      request.qs(),
      services.map(({ id }) => id)
    )
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="runs-${tenant.slug}.csv"`)
    response.header('cache-control', 'no-store')
    response.stream(Readable.from(exportRuns(tenant.id, searchOf(filter, role))))
  }
}
