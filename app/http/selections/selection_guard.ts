import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { zohoHosts } from '#config/zoho_hosts'
import type Selection from '#domain/selections/selection'
import { readLink } from '#domain/selections/selection_link'
import SelectionRun from '#domain/selections/selection_run'
import { RateWindow } from '#http/deliveries/rate_window'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    selection: Selection
  }
}

const perStranger = new RateWindow(60)

/**
 * The link is the right: it needs no session. Once it has expired, nothing but what it began can
 * be looked at.
 */
export default class SelectionGuard {
  async handle(ctx: HttpContext, next: NextFn) {
    const { params, request } = ctx
    allowFrames(ctx)
    const selection = await readLink(String(params.token))
    if (selection === null) {
      const isTooMany = !perStranger.take(request.ip(), Date.now())
      return close(ctx, isTooMany ? 429 : 404, 'unknown')
    }
    if (
      selection.isExpired() &&
      (await SelectionRun.findBy('selectionId', selection.id)) === null
    ) {
      return close(ctx, 410, 'expired')
    }
    ctx.selection = selection
    return next()
  }
}

async function close(ctx: HttpContext, status: number, reason: 'unknown' | 'expired') {
  const page = await ctx.inertia.render('selections/closed', { reason })
  return ctx.response.status(status).send(page)
}

/** These pages alone may stand in a frame, and only in one of Zoho's. */
function allowFrames({ response }: HttpContext): void {
  const policy = String(response.getHeader('Content-Security-Policy') ?? '')
  const rules = policy.split(';').filter((rule) => !rule.startsWith('frame-ancestors'))
  const frames = `frame-ancestors 'self' ${zohoHosts.join(' ')}`
  response.header('Content-Security-Policy', [...rules, frames].join(';'))
  response.removeHeader('X-Frame-Options')
  response.header('Referrer-Policy', 'no-referrer')
  response.header('Cache-Control', 'no-store')
}
