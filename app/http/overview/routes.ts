import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const OverviewController = () => import('#http/overview/overview_controller')

router
  .get('/t/:tenant', [OverviewController, 'show'])
  .as('overview.show')
  .use([guards.auth(), guards.tenant()])
