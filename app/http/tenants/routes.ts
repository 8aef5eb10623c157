import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const TenantsController = () => import('#http/tenants/tenants_controller')

router
  .group(() => {
    router.get('/tenants', [TenantsController, 'index']).as('tenants.index')
    router.post('/tenants', [TenantsController, 'store']).as('tenants.store')
  })
  .use([middleware.auth(), middleware.operator()])
