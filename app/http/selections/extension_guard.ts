import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import Extension from '#domain/selections/extension'
import { RateWindow } from '#http/deliveries/rate_window'
import { isZohoOrigin } from '#http/selections/is_zoho_origin'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    extension: Extension
  }
}

const perExtension = new RateWindow(60)
const perStranger = new RateWindow(30)

/**
 * Lets a packed extension pass that knows its key. A browser may only ask from a page of Zoho's;
 * Zoho's own servers name no page.
 */
export default class ExtensionGuard {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, response, params } = ctx
    const origin = request.header('origin')
    if (origin !== undefined && !this.#welcome(origin, ctx)) return response.status(403).send('')
    if (request.method() === 'OPTIONS') return response.status(204).send(null)
    const now = Date.now()
    const extension = await Extension.findByKey(String(params.extensionKey))
    const isWelcome = extension
      ? perExtension.take(extension.id, now)
      : perStranger.take(request.ip(), now)
    if (!isWelcome) {
      return response.status(429).send({ error: 'Too many at once: try again in a minute' })
    }
    if (extension === null) {
      const error = 'This extension is not known any more: install the one that was packed last'
      return response.status(404).send({ error })
    }
    ctx.extension = extension
    return next()
  }

  #welcome(origin: string, { response }: HttpContext): boolean {
    response.header('Vary', 'Origin')
    if (!isZohoOrigin(origin)) return false
    response.header('Access-Control-Allow-Origin', origin)
    response.header('Access-Control-Allow-Methods', 'POST')
    response.header('Access-Control-Allow-Headers', 'Content-Type')
    return true
  }
}
