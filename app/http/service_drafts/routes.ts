import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const ServiceDraftsController = () => import('#http/service_drafts/service_drafts_controller')
const ServiceEditsController = () => import('#http/service_drafts/service_edits_controller')
const DraftChecksController = () => import('#http/service_drafts/draft_checks_controller')
const DraftRevisionsController = () => import('#http/service_drafts/draft_revisions_controller')

const DRAFT = '/service-drafts/:draft'

router
  .group(() => {
    router
      .get('/service-drafts/create', [ServiceDraftsController, 'create'])
      .as('service_drafts.create')
    router.post('/service-drafts', [ServiceDraftsController, 'store']).as('service_drafts.store')
    router.get(DRAFT, [ServiceDraftsController, 'show']).as('service_drafts.show')
    router.put(DRAFT, [ServiceDraftsController, 'update']).as('service_drafts.update')
    router.delete(DRAFT, [ServiceDraftsController, 'destroy']).as('service_drafts.destroy')
    router.post(`${DRAFT}/check`, [DraftChecksController, 'store']).as('draft_checks.store')
    router
      .post(`${DRAFT}/revision`, [DraftRevisionsController, 'store'])
      .as('draft_revisions.store')
    router
      .post('/services/:service/edits', [ServiceEditsController, 'store'])
      .as('service_edits.store')
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant(), guards.role('builder')])
