import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ApprovalsController = () => import('#http/approvals/approvals_controller')
const BrakeReleasesController = () => import('#http/approvals/brake_releases_controller')

router
  .group(() => {
    router.post('/previews/:preview/approval', [ApprovalsController, 'store']).as('approvals.store')
    router
      .post('/runs/:run/brake-release', [BrakeReleasesController, 'store'])
      .as('brake_releases.store')
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant(), guards.role('operator')])
