import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const BuilderStreamsController = () => import('#http/service_builder/builder_streams_controller')
const BuilderTablesController = () => import('#http/service_builder/builder_tables_controller')
const BuilderSamplesController = () => import('#http/service_builder/builder_samples_controller')
const BuilderValuesController = () => import('#http/service_builder/builder_values_controller')
const BuilderTrialsController = () => import('#http/service_builder/builder_trials_controller')
const BuilderSlotsController = () => import('#http/service_builder/builder_slots_controller')
const BuilderProposalsController = () =>
  import('#http/service_builder/builder_proposals_controller')

router
  .group(() => {
    router.post('/streams', [BuilderStreamsController, 'index']).as('builder_streams.index')
    router.post('/stream', [BuilderStreamsController, 'store']).as('builder_streams.store')
    router.post('/table', [BuilderTablesController, 'create']).as('builder_tables.create')
    router.post('/tables', [BuilderTablesController, 'store']).as('builder_tables.store')
    router.post('/samples', [BuilderSamplesController, 'store']).as('builder_samples.store')
    router.post('/values', [BuilderValuesController, 'store']).as('builder_values.store')
    router.post('/trials', [BuilderTrialsController, 'store']).as('builder_trials.store')
    router.post('/proposals', [BuilderProposalsController, 'store']).as('builder_proposals.store')
    router.post('/slots', [BuilderSlotsController, 'store']).as('builder_slots.store')
  })
  .prefix('/t/:tenant/service-builder')
  .use([guards.auth(), guards.tenant(), guards.role('builder')])
