import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Exception } from '@adonisjs/core/exceptions'
import { roleReaches } from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'

/** After the tenant guard: lets roles pass that may do at least what `needed` may. */
export default class RoleGuard {
  handle(ctx: HttpContext, next: NextFn, needed: Role) {
    if (!roleReaches(ctx.role, needed)) {
      throw new Exception(
        `Your role here is ${ctx.role}, and this needs ${needed}. Ask an admin of ${ctx.tenant.name}.`,
        { status: 403, code: 'E_ROLE_TOO_LOW' }
      )
    }
    return next()
  }
}
