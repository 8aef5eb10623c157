import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const DeadLettersController = () => import('#http/dead_letters/dead_letters_controller')
const ReplaysController = () => import('#http/replays/replays_controller')

router
  .group(() => {
    router
      .get('/services/:service/dead-letters', [DeadLettersController, 'index'])
      .as('dead_letters.index')
    router.get('/dead-letters/:letter', [DeadLettersController, 'show']).as('dead_letters.show')
    router
      .post('/services/:service/replays', [ReplaysController, 'store'])
      .as('replays.store')
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
