import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const PreviewsController = () => import('#http/previews/previews_controller')
const PreviewFilesController = () => import('#http/previews/preview_files_controller')

router
  .group(() => {
    router.get('/services/:service/preview', [PreviewsController, 'create']).as('previews.create')
    router.get('/previews/:preview', [PreviewsController, 'show']).as('previews.show')
    router.get('/previews/:preview/file', [PreviewFilesController, 'show']).as('preview_files.show')
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant(), guards.role('operator')])
