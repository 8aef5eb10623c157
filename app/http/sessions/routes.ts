import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const SessionsController = () => import('#http/sessions/sessions_controller')

router
  .group(() => {
    router.get('/login', [SessionsController, 'create']).as('sessions.create')
    router.post('/login', [SessionsController, 'store']).as('sessions.store')
  })
  .use(guards.guest())

router.delete('/session', [SessionsController, 'destroy']).as('sessions.destroy').use(guards.auth())
