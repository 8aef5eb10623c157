import router from '@adonisjs/core/services/router'
import { guards } from '#http/guards'

const HomeController = () => import('#http/home/home_controller')

router.get('/', [HomeController, 'show']).as('home.show').use(guards.auth())
