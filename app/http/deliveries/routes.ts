import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const DeliveriesController = () => import('#http/deliveries/deliveries_controller')
const JobCallsController = () => import('#http/deliveries/job_calls_controller')
const HooksController = () => import('#http/deliveries/hooks_controller')

router
  .post('/hooks/:channelSecret', [HooksController, 'store'])
  .as('hooks.store')
  .use(guards.channel())

router
  .post('/hooks/jobs/:runId/:token', [JobCallsController, 'store'])
  .as('job_calls.store')
  .use(guards.jobCall())

router
  .group(() => {
    router.get('/deliveries', [DeliveriesController, 'index']).as('deliveries.index')
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
