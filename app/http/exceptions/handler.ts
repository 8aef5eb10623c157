import { ExceptionHandler } from '@adonisjs/core/http'
import type { HttpContext } from '@adonisjs/core/http'
import type { HttpError, StatusPageRange, StatusPageRenderer } from '@adonisjs/core/types/http'
import { Refusal } from '#domain/refusal'

/** Everything that was thrown ends here, as a page or a sentence. A stack trace goes to the log alone. */
export default class Handler extends ExceptionHandler {
  protected override debug = false
  protected override renderStatusPages = true
  protected override statusPages: Record<StatusPageRange, StatusPageRenderer> = {
    '400..499': (error, ctx) => this.#page(ctx, error.status, error.message),
    '500..599': (error, ctx) => this.#page(ctx, error.status, null),
  }

  override async renderErrorAsJSON(error: HttpError, ctx: HttpContext) {
    const message = error.status >= 500 ? 'Something broke on our side' : error.message
    ctx.response.status(error.status).send({ message })
  }

  override async handle(error: unknown, ctx: HttpContext) {
    if (error instanceof Refusal && ctx.request.method() !== 'GET') {
      ctx.session.flash('notice', { kind: 'error', text: error.message })
      return ctx.response.redirect().back()
    }
    return super.handle(error instanceof Refusal ? asHttpError(error) : error, ctx)
  }

  override async report(error: unknown, ctx: HttpContext) {
    if (error instanceof Refusal) return
    return super.report(error, ctx)
  }

  /** What went wrong inside is nothing for the page; what the asker did wrong is. */
  #page(ctx: HttpContext, status: number, message: string | null) {
    const requestId = ctx.request.id() ?? null
    return ctx.inertia.render('errors/error', { status, message, requestId })
  }
}

function asHttpError(refusal: Refusal) {
  return Object.assign(new Error(refusal.message), { status: 422, code: 'E_REFUSED' })
}
