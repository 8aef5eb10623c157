import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const SetupsController = () => import('#http/setups/setups_controller')

router
  .group(() => {
    router.get('/setup', [SetupsController, 'index']).as('setups.index')
    router.get('/setup/:token', [SetupsController, 'show']).as('setups.show')
    router.post('/setup/:token', [SetupsController, 'store']).as('setups.store')
  })
  .use(guards.guest())
