import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const SelectionsController = () => import('#http/selections/selections_controller')
const ExecutionsController = () => import('#http/selections/executions_controller')

router
  .route(
    '/extension/:extensionKey/selections',
    ['OPTIONS', 'POST'],
    [SelectionsController, 'store']
  )
  .as('selections.store')
  .use(guards.extension())

router
  .group(() => {
    router.get('/', [SelectionsController, 'show']).as('selections.show')
    router.post('/services/:service/runs', [ExecutionsController, 'store']).as('executions.store')
  })
  .prefix('/x/:token')
  .use(guards.selection())
