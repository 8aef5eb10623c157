import type { HttpContext } from '@adonisjs/core/http'
import { viewAttention } from '#http/overview/attention_view'
import { viewBeginning } from '#http/overview/beginning_view'
import { viewCredits } from '#http/overview/credits_view'
import { viewDay } from '#http/overview/day_view'
import { runsOf } from '#http/runs/run_query'
import { viewRunRow } from '#http/runs/run_view'

const LATEST = 10

export default class OverviewController {
  async show({ inertia, role, tenant }: HttpContext) {
    const now = Date.now()
    const latest = await runsOf(tenant).limit(LATEST)
    return inertia.render('overview/show', {
      beginning: () => viewBeginning(tenant),
      day: () => viewDay(tenant, now),
      attention: () => viewAttention(tenant, role),
      credits: () => viewCredits(tenant, now),
      runs: latest.map(viewRunRow),
    })
  }
}
