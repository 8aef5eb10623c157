import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const TenantsController = () => import('#http/tenants/tenants_controller')

router
  .group(() => {
    router.get('/tenants', [TenantsController, 'index']).as('tenants.index')
    router.post('/tenants', [TenantsController, 'store']).as('tenants.store')
  })
  .use([guards.auth(), guards.operator()])
