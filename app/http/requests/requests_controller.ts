import type { HttpContext } from '@adonisjs/core/http'
import AuditEvent from '#domain/audit/audit_event'
import RunRequest from '#domain/runs/run_request'
import { roleReaches } from '#domain/tenants/membership'
import { viewBody } from '#http/requests/body_view'
import type { BodyView } from '#http/requests/body_view'
import { viewRequestRow } from '#http/requests/request_view'
import { runsOf } from '#http/runs/run_query'

export default class RequestsController {
  async show(ctx: HttpContext) {
    const { params, tenant } = ctx
    const request = await RunRequest.query()
      .where('tenantId', tenant.id)
      .where('id', params.request)
      .firstOrFail()
    const run = await runsOf(tenant).where('id', request.runId).firstOrFail()
    return ctx.inertia.render('requests/show', {
      request: viewRequestRow(request),
      run: { id: run.id, serviceName: run.service.name },
      body: await bodyFor(ctx, request),
    })
  }
}

/** A viewer sees that a call was made, never what was said. Who looks is written down. */
async function bodyFor(
  { auth, role, tenant }: HttpContext,
  request: RunRequest
): Promise<BodyView | null> {
  if (!roleReaches(role, 'operator') || request.sealedBody === null) return null
  await AuditEvent.record({
    tenantId: tenant.id,
    userId: auth.getUserOrFail().id,
    action: 'request.seen',
    subject: request.id,
    detail: { run: request.runId, path: request.path },
  })
  return viewBody(request, tenant)
}
