import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const RequestsController = () => import('#http/requests/requests_controller')

router
  .get('/t/:tenant/requests/:request', [RequestsController, 'show'])
  .as('requests.show')
  .use([guards.auth(), guards.tenant()])
