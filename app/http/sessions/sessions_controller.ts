import { errors } from '@adonisjs/auth'
import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#domain/refusal'
import User from '#domain/tenants/user'
import { isInside } from '#http/is_inside'
import { sessionValidator } from '#http/sessions/session_validator'
import { signInAttempts } from '#http/sessions/sign_in_attempts'

export default class SessionsController {
  async create({ inertia, response }: HttpContext) {
    if (!(await User.query().first())) return response.redirect('/setup')
    return inertia.render('sessions/create', {})
  }

  async store({ auth, request, response, session }: HttpContext) {
    const { email, password } = await request.validateUsing(sessionValidator)
    const key = `${request.ip()} ${email.toLowerCase()}`
    const wait = signInAttempts.take(key, Date.now())
    if (wait > 0) {
      throw new Refusal(`Too many attempts to sign in. Try again in ${wait} min.`)
    }
    const user = await verify(email, password)
    signInAttempts.forget(key)

    const wanted: unknown = session.pull('wanted')
    await auth.use('web').login(user)
    return response.redirect(isInside(wanted) ? wanted : '/')
  }

  async destroy({ auth, response, session }: HttpContext) {
    await auth.use('web').logout()
    session.clear()
    return response.redirect('/login')
  }
}

async function verify(email: string, password: string): Promise<User> {
  try {
    return await User.verifyCredentials(email, password)
  } catch (error) {
    if (error instanceof errors.E_INVALID_CREDENTIALS) {
      throw new Refusal('The email or the password is wrong.')
    }
    throw error
  }
}
