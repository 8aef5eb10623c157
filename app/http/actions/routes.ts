import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ActionsController = () => import('#http/actions/actions_controller')

router
  .group(() => {
    router.get('/connections/:connection/actions', [ActionsController, 'index']).as('actions.index')
    router
      .post('/connections/:connection/actions', [ActionsController, 'store'])
      .as('actions.store')
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant(), guards.role('builder')])
