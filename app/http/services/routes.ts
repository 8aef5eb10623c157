import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const ServicesController = () => import('#http/services/services_controller')
const PreviewsController = () => import('#http/previews/previews_controller')

router
  .group(() => {
    router.get('/services', [ServicesController, 'index']).as('services.index')
    router.get('/services/:service', [ServicesController, 'show']).as('services.show')
    router
      .get('/services/:service/preview', [PreviewsController, 'show'])
      .as('previews.show')
      .use(middleware.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([middleware.auth(), middleware.tenant()])
