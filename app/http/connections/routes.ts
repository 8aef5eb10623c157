import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const AuthorizationsController = () => import('#http/authorizations/authorizations_controller')
const ConnectionsController = () => import('#http/connections/connections_controller')
const ConnectionChecksController = () =>
  import('#http/connection_checks/connection_checks_controller')
const ConnectionTrialsController = () =>
  import('#http/connection_trials/connection_trials_controller')
const ConsentsController = () => import('#http/consents/consents_controller')
const ConsentConfirmationsController = () =>
  import('#http/consent_confirmations/consent_confirmations_controller')
const FilesController = () => import('#http/files/files_controller')

const inTenant = () => [guards.auth(), guards.tenant()]
const CONNECTION = '/connections/:connection'
const CONSENT = '/consents/:consent'

router
  .group(() => {
    router.get('/connections', [ConnectionsController, 'index']).as('connections.index')
    router.get('/files', [FilesController, 'index']).as('files.index')
  })
  .prefix('/t/:tenant')
  .use(inTenant())

router
  .group(() => {
    router
      .post(`${CONNECTION}/checks`, [ConnectionChecksController, 'store'])
      .as('connection_checks.store')
    router.get('/files/:file', [FilesController, 'show']).as('files.show')
  })
  .prefix('/t/:tenant')
  .use([...inTenant(), guards.role('operator')])

router
  .group(() => {
    router.get('/connections/create', [ConnectionsController, 'create']).as('connections.create')
    router.post('/connections', [ConnectionsController, 'store']).as('connections.store')
    router.get(`${CONNECTION}/edit`, [ConnectionsController, 'edit']).as('connections.edit')
    router.put(CONNECTION, [ConnectionsController, 'update']).as('connections.update')
    router.delete(CONNECTION, [ConnectionsController, 'destroy']).as('connections.destroy')
    router
      .post('/connection-trials', [ConnectionTrialsController, 'store'])
      .as('connection_trials.store')
    router.post(`${CONNECTION}/consents`, [ConsentsController, 'store']).as('consents.store')
    router.get(CONSENT, [ConsentsController, 'show']).as('consents.show')
    router.put(CONSENT, [ConsentsController, 'update']).as('consents.update')
    router.delete(CONSENT, [ConsentsController, 'destroy']).as('consents.destroy')
    router
      .post(`${CONSENT}/confirmation`, [ConsentConfirmationsController, 'store'])
      .as('consent_confirmations.store')
    router.post('/files', [FilesController, 'store']).as('files.store')
    router.delete('/files/:file', [FilesController, 'destroy']).as('files.destroy')
  })
  .prefix('/t/:tenant')
  .use([...inTenant(), guards.role('builder')])

router
  .group(() => {
    router.get(CONNECTION, [ConnectionsController, 'show']).as('connections.show')
  })
  .prefix('/t/:tenant')
  .use(inTenant())

router
  .get('/oauth/callback', [AuthorizationsController, 'show'])
  .as('authorizations.show')
  .use(guards.auth())
