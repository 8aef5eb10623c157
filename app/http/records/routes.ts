import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const RecordsController = () => import('#http/records/records_controller')

router
  .get('/t/:tenant/records', [RecordsController, 'index'])
  .as('records.index')
  .use([guards.auth(), guards.tenant()])
