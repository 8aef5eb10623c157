import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ServicesController = () => import('#http/services/services_controller')
const ServicePausesController = () => import('#http/service_pauses/service_pauses_controller')
const ServiceSyncsController = () => import('#http/service_syncs/service_syncs_controller')
const ServiceArchivesController = () => import('#http/service_archives/service_archives_controller')
const ServiceCopiesController = () => import('#http/service_copies/service_copies_controller')
const ServiceFilesController = () => import('#http/service_files/service_files_controller')
const RevisionsController = () => import('#http/revisions/revisions_controller')

router
  .group(() => {
    router.get('/services', [ServicesController, 'index']).as('services.index')
    router.get('/services/:service', [ServicesController, 'show']).as('services.show')
    router
      .group(() => {
        router
          .post('/services/:service/pause', [ServicePausesController, 'store'])
          .as('service_pauses.store')
        router
          .delete('/services/:service/pause', [ServicePausesController, 'destroy'])
          .as('service_pauses.destroy')
        router
          .post('/services/:service/syncs', [ServiceSyncsController, 'store'])
          .as('service_syncs.store')
      })
      .use(guards.role('operator'))
    router
      .group(() => {
        router.post('/service-files', [ServiceFilesController, 'store']).as('service_files.store')
        router
          .get('/services/:service/file', [ServiceFilesController, 'show'])
          .as('service_files.show')
        router
          .post('/services/:service/copies', [ServiceCopiesController, 'store'])
          .as('service_copies.store')
        router
          .post('/services/:service/archive', [ServiceArchivesController, 'store'])
          .as('service_archives.store')
        router
          .delete('/services/:service/archive', [ServiceArchivesController, 'destroy'])
          .as('service_archives.destroy')
        router
          .get('/services/:service/revisions/:revision', [RevisionsController, 'show'])
          .as('revisions.show')
        router
          .post('/services/:service/revisions/:revision/restoration', [
            RevisionsController,
            'store',
          ])
          .as('revisions.store')
      })
      .use(guards.role('builder'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
