import type { HttpContext } from '@adonisjs/core/http'
import DeadLetter from '#domain/runs/dead_letter'
import { FINAL_STATES } from '#domain/runs/run'
import { startRun } from '#domain/runs/start_run'
import Service from '#domain/services/service'
import User from '#domain/tenants/user'
import { viewLetterRow } from '#http/dead_letters/letter_view'
import { countOpenLetters } from '#http/dead_letters/open_letters'
import { paged } from '#http/paged'
import { viewBatches } from '#http/runs/batches_view'
import { expectedRecords } from '#http/runs/expected_records'
import { runsOf } from '#http/runs/run_query'
import { viewRun, viewRunRow } from '#http/runs/run_view'
import { findService } from '#http/services/find_service'

const LETTERS = 10
const STATES = ['queued', 'running', 'cancelling', ...FINAL_STATES]

export default class RunsController {
  async index({ inertia, request, tenant }: HttpContext) {
    const { state, service, page } = request.qs()
    const services = await Service.query().where('tenantId', tenant.id).orderBy('name')
    const runs = runsOf(tenant)
      .if(STATES.includes(state), (query) => query.where('state', state))
      .if(
        services.some(({ id }) => id === service),
        (query) => query.where('serviceId', service)
      )

    return inertia.render('runs/index', {
      runs: await paged(runs, page, viewRunRow),
      services: services.map(({ id, name }) => ({ id, name })),
      filter: {
        state: STATES.includes(state) ? String(state) : null,
        service: services.find(({ id }) => id === service)?.id ?? null,
      },
    })
  }

  async show({ inertia, params, request, tenant }: HttpContext) {
    const run = await runsOf(tenant).where('id', params.run).firstOrFail()
    const requester = run.requestedBy ? await User.find(run.requestedBy) : null
    const letters = DeadLetter.query().where('tenantId', tenant.id).where('runId', run.id)

    return inertia.render('runs/show', {
      run: viewRun(run, requester?.fullName ?? null),
      channel: `tenants/${tenant.id}/runs/${run.id}`,
      expected: () => expectedRecords(run),
      batches: () => viewBatches(run),
      letters: () =>
        paged(
          letters.orderBy('createdAt').orderBy('id'),
          request.input('page'),
          viewLetterRow,
          LETTERS
        ),
      openLetters: () => countOpenLetters(run),
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
