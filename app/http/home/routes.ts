import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const HomeController = () => import('#http/home/home_controller')

router.get('/', [HomeController, 'show']).as('home.show').use(middleware.auth())
