import type { HttpContext } from '@adonisjs/core/http'
import { visibleTenants } from '#http/tenants/visible_tenants'

/** Where somebody who signed in begins. */
export default class HomeController {
  async show({ auth, inertia, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const [first, ...others] = await visibleTenants(user)
    if (user.isOperator && (!first || others.length > 0)) return response.redirect('/tenants')
    if (first) return response.redirect(`/t/${first.slug}`)
    return inertia.render('home/show', {})
  }
}
