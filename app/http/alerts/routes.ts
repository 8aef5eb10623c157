import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const AlertsController = () => import('#http/alerts/alerts_controller')
const AlertTrialsController = () => import('#http/alert_trials/alert_trials_controller')
const AlertReceiversController = () => import('#http/alerts/alert_receivers_controller')

router
  .group(() => {
    router.get('/alerts', [AlertsController, 'index']).as('alerts.index')
    router
      .group(() => {
        router
          .post('/alert-receivers', [AlertReceiversController, 'store'])
          .as('alert_receivers.store')
        router
          .put('/alert-receivers/:receiver', [AlertReceiversController, 'update'])
          .as('alert_receivers.update')
        router
          .post('/alert-receivers/:receiver/trials', [AlertTrialsController, 'store'])
          .as('alert_trials.store')
        router
          .delete('/alert-receivers/:receiver', [AlertReceiversController, 'destroy'])
          .as('alert_receivers.destroy')
      })
      .use(guards.role('admin'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
