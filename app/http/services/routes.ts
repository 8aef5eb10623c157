import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ServicesController = () => import('#http/services/services_controller')
const PreviewsController = () => import('#http/previews/previews_controller')

router
  .group(() => {
    router.get('/services', [ServicesController, 'index']).as('services.index')
    router.get('/services/:service', [ServicesController, 'show']).as('services.show')
    router
      .get('/services/:service/preview', [PreviewsController, 'show'])
      .as('previews.show')
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
