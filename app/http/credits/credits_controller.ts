import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { orgOutlooks } from '#domain/runs/org_outlook'
import { viewAccount } from '#http/credits/account_view'
import { viewOrgs } from '#http/credits/orgs_view'
import { viewSpending } from '#http/credits/spending_view'

export default class CreditsController {
  /** All tenants, for those who run the installation. */
  async index({ inertia }: HttpContext) {
    return inertia.render('credits/index', { orgs: await viewOrgs(Date.now()) })
  }

  async show({ inertia, tenant }: HttpContext) {
    const now = Date.now()
    const connections = await Connection.query().where('tenantId', tenant.id).orderBy('name')
    const outlooks = await orgOutlooks(connections, now)
    return inertia.render('credits/show', {
      accounts: outlooks.map(viewAccount),
      spending: await viewSpending(tenant, now),
    })
  }
}
