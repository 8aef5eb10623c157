import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const RetentionsController = () => import('#http/retentions/retentions_controller')

router
  .group(() => {
    router.get('/retention', [RetentionsController, 'show']).as('retentions.show')
    router
      .put('/retention', [RetentionsController, 'update'])
      .as('retentions.update')
      .use(guards.role('admin'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
