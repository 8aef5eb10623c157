import { Scrypt } from '@adonisjs/core/hash/drivers/scrypt'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { scryptIn } from '#config/hash'
import SetupLink from '#domain/tenants/setup_link'
import User from '#domain/tenants/user'
import { givenTenant, givenUser, PASSWORD } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

test.group('first visit', () => {
  test('tells where the link is when nobody has an account yet', async ({ assert }) => {
    await User.query().delete()
    const visitor = new Visitor()
    assert.equal(await visitor.leadsTo('/login'), '/setup')
    const page = await visitor.pageAt('/setup')
    assert.equal(page?.component, 'setups/index')
  })

  test('the one-time link makes one operator and no second', async ({ assert }) => {
    await User.query().delete()
    const path = `/setup/${await SetupLink.issue()}`
    const account = { fullName: 'Ada', email: 'ada@example.com', password: PASSWORD }

    const first = new Visitor()
    const open = await first.pageAt(path)
    assert.isString(open?.props.token)
    const made = await first.post(path, account)
    assert.equal(made.location, '/')
    assert.equal(await first.leadsTo('/'), '/tenants')

    const second = new Visitor()
    const used = await second.pageAt(path)
    assert.isNull(used?.props.token)
    await second.post(path, { ...account, email: 'eve@example.com' })
    assert.isNull(await User.findBy('email', 'eve@example.com'))
  })

  test('a link of an earlier start is dead once there is a user', async ({ assert }) => {
    await User.query().delete()
    const path = `/setup/${await SetupLink.issue()}`
    const visitor = new Visitor()
    await visitor.pageAt(path)
    await givenUser()

    await visitor.post(path, { fullName: 'Eve', email: 'eve@example.com', password: PASSWORD })
    assert.isNull(await User.findBy('email', 'eve@example.com'))
    const dead = await visitor.pageAt(path)
    assert.isNull(dead?.props.token)
  })
})

test.group('signing in', () => {
  test('ends everywhere with the sign-out, also for a copied cookie', async ({ assert }) => {
    const tenant = await givenTenant()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const thief = visitor.copy()
    assert.equal(await thief.statusOf(`/t/${tenant.slug}`), 200)
    await visitor.delete('/session')
    assert.equal(await thief.leadsTo(`/t/${tenant.slug}`), '/login')
  })

  test('leads to the page that was wanted', async ({ assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = new Visitor()

    assert.equal(await visitor.leadsTo(`/t/${tenant.slug}/runs?page=2`), '/login')
    await visitor.get('/login')
    const answer = await visitor.post('/login', { email: user.email, password: PASSWORD })
    assert.equal(answer.location, `/t/${tenant.slug}/runs?page=2`)
  })

  test('a wrong password signs nobody in', async ({ assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = new Visitor()
    await visitor.get('/login')
    await visitor.post('/login', { email: user.email, password: 'wrong' })
    assert.equal(await visitor.leadsTo(`/t/${tenant.slug}`), '/login')
  })

  test('a password that is hashed as outside of tests, at its full cost, signs in', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const password = await new Scrypt(scryptIn('production')).make(PASSWORD)
    assert.match(password, /^\$scrypt\$n=16384,r=8,p=1\$/)
    await db.from('users').where('id', user.id).update({ password })
    const visitor = await Visitor.signedInAs(user)
    assert.equal(await visitor.statusOf(`/t/${tenant.slug}`), 200)
  })

  test('the eleventh attempt in ten minutes is refused, right password or not', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = new Visitor()
    await visitor.get('/login')
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await visitor.post('/login', { email: user.email, password: 'wrong' })
    }
    await visitor.post('/login', { email: user.email, password: PASSWORD })
    const page = await visitor.pageAt('/login')
    assert.match((page?.props.notice as { text: string }).text, /Too many attempts/)
  })

  test('makes a session of its own, whatever cookie the browser brought', async ({ assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = new Visitor()
    await visitor.get('/login')
    const before = visitor.cookie('crossdock-session')
    await visitor.post('/login', { email: user.email, password: PASSWORD })
    assert.notEqual(visitor.cookie('crossdock-session'), before)
  })

  test('a form without the CSRF token does nothing', async ({ assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = new Visitor()
    await visitor.get('/login')
    visitor.forgetCsrfToken()
    await visitor.post('/login', { email: user.email, password: PASSWORD })
    assert.equal(await visitor.leadsTo(`/t/${tenant.slug}`), '/login')
  })

  test('signing out ends it', async ({ assert }) => {
    const tenant = await givenTenant()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    assert.equal(await visitor.statusOf(`/t/${tenant.slug}`), 200)
    await visitor.delete('/session')
    assert.equal(await visitor.leadsTo(`/t/${tenant.slug}`), '/login')
  })
})
