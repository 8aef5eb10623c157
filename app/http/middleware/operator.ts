import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { notFound } from '#http/exceptions/not_found'

/** Pages of the installation's own staff. To others they do not exist. */
export default class Operator {
  handle(ctx: HttpContext, next: NextFn) {
    if (!ctx.auth.getUserOrFail().isOperator) throw notFound()
    return next()
  }
}
