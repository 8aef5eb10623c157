import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const OverviewController = () => import('#http/overview/overview_controller')

router
  .get('/t/:tenant', [OverviewController, 'show'])
  .as('overview.show')
  .use([middleware.auth(), middleware.tenant()])
