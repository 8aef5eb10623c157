import { test } from '@japa/runner'
import { openSimulator, statusOf } from './open_simulator.js'

const TOKEN = '/oauth/v2/token'

test.group('Zoho simulator: tokens', () => {
  test('a refresh works by query, form and multipart', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup)
    const multipart = new FormData()
    for (const [name, value] of zoho.form()) multipart.set(name, value)
    const answers = [
      await zoho.send('POST', `${TOKEN}?${zoho.form()}`),
      await zoho.send('POST', TOKEN, { body: zoho.form() }),
      await zoho.send('POST', TOKEN, { body: multipart }),
    ]
    for (const { status, body } of answers) {
      assert.equal(status, 200)
      assert.isString(body.access_token)
      assert.equal(body.api_domain, zoho.url)
      assert.notProperty(body, 'refresh_token')
    }
  })

  test('a refused grant is HTTP 200 with an error', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup)
    const cases = {
      invalid_client: { client_id: '1000.OTHER' },
      invalid_client_secret: { client_secret: 'wrong' },
      invalid_code: { refresh_token: 'gone' },
    }
    for (const [error, change] of Object.entries(cases)) {
      const { status, body } = await zoho.send('POST', TOKEN, { body: zoho.form(change) })
      assert.equal(status, 200)
      assert.deepEqual(body, { error })
    }
  })

  test('a grant code works once and brings a refresh token', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup)
    const { authorizationCode: code, refreshToken } = zoho.sim.options
    const grant = { grant_type: 'authorization_code', code }
    const first = await zoho.send('POST', TOKEN, { body: zoho.form(grant) })
    const second = await zoho.send('POST', TOKEN, { body: zoho.form(grant) })
    assert.equal(first.body.refresh_token, refreshToken)
    assert.deepEqual(second.body, { error: 'invalid_code' })
  })

  test('the eleventh refresh in ten minutes is a 400 status failure', async ({
    assert,
    cleanup,
  }) => {
    const zoho = await openSimulator(cleanup)
    for (let count = 2; count <= 10; count += 1)
      assert.property(await zoho.signIn(), 'access_token')
    const { status, body } = await zoho.send('POST', TOKEN, { body: zoho.form() })
    assert.equal(status, 400)
    assert.equal(body.status, 'failure')
    zoho.sim.advance(601)
    assert.property(await zoho.signIn(), 'access_token')
  })

  test('the eleventh living token drops the first in silence', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup, { refreshLimit: 20 })
    const first = zoho.token
    const asFirst = () => zoho.get('/crm/v8/org', { authorization: `Zoho-oauthtoken ${first}` })
    for (let count = 2; count <= 10; count += 1) await zoho.signIn()
    assert.equal(await statusOf(asFirst()), 200)
    await zoho.signIn()
    assert.equal(await statusOf(asFirst()), 401)
  })

  test('only a living Zoho-oauthtoken opens the door', async ({ assert, cleanup }) => {
    const zoho = await openSimulator(cleanup, { tokenLifeSeconds: 5 })
    const open = await zoho.get('/crm/v8/org')
    assert.equal(open.status, 200)
    const bearer = await zoho.get('/crm/v8/org', { authorization: `Bearer ${zoho.token}` })
    assert.equal(bearer.status, 401)
    assert.equal(bearer.body.code, 'INVALID_TOKEN')
    zoho.sim.advance(6)
    const late = await zoho.get('/crm/v8/org')
    assert.equal(late.body.code, 'INVALID_TOKEN')
    zoho.token = ''
    const bare = await zoho.get('/crm/v8/org')
    assert.equal(bare.status, 401)
    assert.equal(bare.body.code, 'AUTHENTICATION_FAILURE')
  })
})
