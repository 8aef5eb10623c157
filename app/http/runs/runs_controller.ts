import type { HttpContext } from '@adonisjs/core/http'
import DeadLetter from '#domain/runs/dead_letter'
import { startRun } from '#domain/runs/start_run'
import Service from '#domain/services/service'
import User from '#domain/tenants/user'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import { countOpenLetters } from '#http/dead_letters/open_letters'
import { paged } from '#http/paged'
import { viewRequests } from '#http/requests/requests_view'
import { viewBatches } from '#http/runs/batches_view'
import { viewCauses } from '#http/runs/cause_view'
import { expectedRecords } from '#http/runs/expected_records'
import { readRunFilter, searchOf } from '#http/runs/run_filter'
import { pageOfRuns } from '#http/runs/run_page'
import { runsOf } from '#http/runs/run_query'
import { viewRun } from '#http/runs/run_view'
import { findService } from '#http/services/find_service'

const LETTERS = 10

export default class RunsController {
  async index({ inertia, request, role, tenant }: HttpContext) {
    const services = await Service.query().where('tenantId', tenant.id).orderBy('name')
    const asked = request.qs()
    const filter = readRunFilter(
      asked,
      services.map(({ id }) => id)
    )

    return inertia.render('runs/index', {
      runs: await pageOfRuns(tenant.id, searchOf(filter, role), asked),
      services: services.map(({ id, name }) => ({ id, name })),
      filter,
    })
  }

  async show({ inertia, params, request, role, tenant }: HttpContext) {
    const run = await runsOf(tenant).where('id', params.run).firstOrFail()
    const requester = run.requestedBy ? await User.find(run.requestedBy) : null
    const letters = DeadLetter.query().where('tenantId', tenant.id).where('runId', run.id)

    return inertia.render('runs/show', {
      run: viewRun(run, requester?.fullName ?? null),
      channel: `tenants/${tenant.id}/runs/${run.id}`,
      expected: () => expectedRecords(run),
      batches: () => viewBatches(run),
      requests: () => viewRequests(run, request),
      letters: () =>
        paged(
          letters.orderBy('createdAt').orderBy('id'),
          request.input('page'),
          (letter) => viewLetterRow(letter, role),
          LETTERS
        ),
      openLetters: () => countOpenLetters(run),
      causes: () => viewCauses(run, role),
    })
  }

  async store(ctx: HttpContext) {
    const service = await findService(ctx)
    const run = await startRun(service, {
      trigger: 'manual',
      requestedBy: ctx.auth.getUserOrFail().id,
    })
    return ctx.response.redirect(`/t/${ctx.tenant.slug}/runs/${run.id}`)
  }
}
