import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const DeadLettersController = () => import('#http/dead_letters/dead_letters_controller')
const GroupEditsController = () => import('#http/letter_edits/group_edits_controller')
const LetterChoicesController = () => import('#http/letter_choices/letter_choices_controller')
const LetterEditsController = () => import('#http/letter_edits/letter_edits_controller')
const ReplaysController = () => import('#http/replays/replays_controller')

const LETTER = '/dead-letters/:letter'
const GROUP = '/services/:service/letter-edits'

router
  .group(() => {
    router
      .get('/services/:service/dead-letters', [DeadLettersController, 'index'])
      .as('dead_letters.index')
    router.get(LETTER, [DeadLettersController, 'show']).as('dead_letters.show')
    router
      .group(() => {
        router.post('/services/:service/replays', [ReplaysController, 'store']).as('replays.store')
        router.get(`${LETTER}/edit`, [LetterEditsController, 'create']).as('letter_edits.create')
        router.post(`${LETTER}/edits`, [LetterEditsController, 'store']).as('letter_edits.store')
        router
          .post(`${LETTER}/choices`, [LetterChoicesController, 'store'])
          .as('letter_choices.store')
        router.get(`${GROUP}/create`, [GroupEditsController, 'create']).as('group_edits.create')
        router.post(GROUP, [GroupEditsController, 'store']).as('group_edits.store')
      })
      .use(guards.role('operator'))
  })
  .prefix('/t/:tenant')
  .use([guards.auth(), guards.tenant()])
