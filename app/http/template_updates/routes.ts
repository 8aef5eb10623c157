import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const TemplateUpdatesController = () => import('#http/template_updates/template_updates_controller')
const ADDRESS = '/t/:tenant/services/:service/template-update'

router
  .group(() => {
    router.get(ADDRESS, [TemplateUpdatesController, 'show']).as('template_updates.show')
    router.post(ADDRESS, [TemplateUpdatesController, 'store']).as('template_updates.store')
  })
  .use([guards.auth(), guards.tenant(), guards.role('builder')])
