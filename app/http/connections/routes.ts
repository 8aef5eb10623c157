import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ConnectionsController = () => import('#http/connections/connections_controller')
const ConnectionChecksController = () =>
  import('#http/connection_checks/connection_checks_controller')

router
  .group(() => {
    router.get('/connections', [ConnectionsController, 'index']).as('connections.index')
    router
      .post('/connections/:connection/checks', [ConnectionChecksController, 'store'])
      .as('connection_checks.store')
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
