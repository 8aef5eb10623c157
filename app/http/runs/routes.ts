import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const RunsController = () => import('#http/runs/runs_controller')
const RunFilesController = () => import('#http/run_files/run_files_controller')
const CancellationsController = () => import('#http/cancellations/cancellations_controller')

router
  .group(() => {
    router.get('/runs', [RunsController, 'index']).as('runs.index')
    router.get('/run-file', [RunFilesController, 'show']).as('run_files.show')
    router.get('/runs/:run', [RunsController, 'show']).as('runs.show')
    router
      .group(() => {
        router.post('/services/:service/runs', [RunsController, 'store']).as('runs.store')
        router
          .post('/runs/:run/cancellation', [CancellationsController, 'store'])
          .as('cancellations.store')
      })
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
