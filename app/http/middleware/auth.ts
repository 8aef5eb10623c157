import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Lets signed-in people pass; others sign in first and then come back to the page they wanted. */
export default class Auth {
  async handle(ctx: HttpContext, next: NextFn) {
    if (!(await ctx.auth.check())) {
      if (ctx.request.method() === 'GET') ctx.session.put('wanted', ctx.request.url(true))
      return ctx.response.redirect('/login')
    }
    return next()
  }
}
