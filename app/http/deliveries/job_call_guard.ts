import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { calledRun } from '#domain/runs/job_calls'
import type Run from '#domain/runs/run'
import { RateWindow } from '#http/deliveries/rate_window'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    calledRun: Run
  }
}

const perRun = new RateWindow(60)
const perStranger = new RateWindow(60)

/** Lets a vendor pass that knows the token of a run. Whoever does not is told that nothing is here. */
export default class JobCallGuard {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.session.clear()
    const { response, request, params } = ctx
    const now = Date.now()
    const run = await calledRun(String(params.runId), String(params.token))
    const isWelcome = run ? perRun.take(run.id, now) : perStranger.take(request.ip(), now)
    if (!isWelcome) return response.status(429).send('')
    if (run === null) return response.status(404).send('')
    ctx.calledRun = run
    return next()
  }
}
