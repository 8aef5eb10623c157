import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const CreditsController = () => import('#http/credits/credits_controller')
const CreditLimitsController = () => import('#http/credits/credit_limits_controller')
const ReserveUsesController = () => import('#http/credits/reserve_uses_controller')

router
  .get('/credits', [CreditsController, 'index'])
  .as('credits.index')
  .use([guards.auth(), guards.operator()])

router
  .group(() => {
    router.get('/credits', [CreditsController, 'show']).as('credits.show')
    router
      .post('/connections/:connection/credit-limits', [CreditLimitsController, 'store'])
      .as('credit_limits.store')
      .use(guards.role('builder'))
    router
      .post('/runs/:run/reserve-use', [ReserveUsesController, 'store'])
      .as('reserve_uses.store')
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
