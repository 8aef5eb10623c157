import { test } from '@japa/runner'
import { CALLBACK, openConsent } from './consent_client.js'

test.group('Zoho simulator: consent', () => {
  test('the page says who asks for what, and answers with a code', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const page = await zoho.open()
    const html = await page.text()
    assert.equal(page.status, 200)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    assert.include(html, zoho.sim.options.clientId)
    assert.include(html, '<code>ZohoCRM.settings.ALL</code>')
    assert.include(html, 'Otto Other (otto.other@example.com), Other Company')
    assert.notInclude(html, 'Idle Former')
    const answer = await zoho.press(html, 'accept')
    assert.equal(answer.status, 302)
    const target = new URL(answer.headers.get('location') ?? '')
    assert.isTrue(target.href.startsWith(`${CALLBACK}&`))
    assert.equal(target.searchParams.get('state'), 'a state & more')
    assert.match(target.searchParams.get('code') ?? '', /^1000\.\w+\.\w+$/)
    assert.equal(target.searchParams.get('location'), 'us')
    assert.equal(target.searchParams.get('accounts-server'), zoho.sim.url)
    const body = await zoho.redeem(target.searchParams.get('code'))
    assert.equal(body.api_domain, zoho.sim.url)
    assert.equal(Number(body.expires_in), 3600)
    const { status } = await zoho.get('/crm/v8/org', String(body.access_token))
    assert.equal(status, 200)
  })

  test('who denies sends back access_denied and no code', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const page = await zoho.open()
    const answer = await zoho.press(await page.text(), 'deny')
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    assert.equal(searchParams.get('error'), 'access_denied')
    assert.equal(searchParams.get('state'), 'a state & more')
    assert.isNull(searchParams.get('code'))
  })

  test('what cannot be asked so is a page, and nobody is sent anywhere', async (context) => {
    const { assert } = context
    const registered = { redirectUris: [CALLBACK] }
    const zoho = await openConsent(context.cleanup, registered)
    const cases: [string, Record<string, string>][] = [
      ['invalid_client', { client_id: '1000.NOBODY' }],
      ['invalid_redirect_uri', { redirect_uri: `${CALLBACK}/` }],
      ['invalid_response_type', { response_type: 'token' }],
      ['invalid_scope', { scope: '' }],
      ['invalid_scope', { scope: 'ZohoCRM.modules.ALL ZohoCRM.org.READ' }],
      ['invalid_scope', { scope: 'ZohoCRM.modules.EVERYTHING' }],
    ]
    for (const [error, change] of cases) {
      const page = await zoho.open(zoho.question(change))
      assert.equal(page.status, 400)
      assert.include(await page.text(), error)
      assert.isNull(page.headers.get('location'))
    }
    const page = await zoho.open()
    const answer = await zoho.press(await page.text(), 'accept', 'idle.former@example.com')
    assert.include(await answer.text(), 'unknown_person')
  })

  test('with no address registered only this machine is answered', async (context) => {
    const { assert } = context
    const zoho = await openConsent(context.cleanup)
    const away = await zoho.open(zoho.question({ redirect_uri: 'https://crossdock.example/back' }))
    assert.equal(away.status, 400)
    const near = await zoho.open(zoho.question({ redirect_uri: 'http://localhost:1/back' }))
    assert.equal(near.status, 200)
  })

  test('markup in what is asked stays text', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const page = await zoho.open(zoho.question({ state: '"><script>alert(1)</script>' }))
    assert.notInclude(await page.text(), '<script>')
  })

  test('location, accounts server and the answer can be set', async ({ assert, cleanup }) => {
    const elsewhere = { location: 'eu', accountsServer: 'https://evil.example' }
    const zoho = await openConsent(cleanup, { ...elsewhere, consent: 'accept' })
    const answer = await zoho.open()
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    assert.equal(searchParams.get('location'), 'eu')
    assert.equal(searchParams.get('accounts-server'), 'https://evil.example')
    zoho.sim.reset({ consent: 'deny' })
    const denied = await zoho.open()
    assert.include(denied.headers.get('location') ?? '', 'error=access_denied')
  })

  test('what an option cannot be is refused with its choices', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    for (const options of [
      { location: 'mars' },
      { consent: 'maybe' },
      { refreshTokenPer: 'moon' },
    ]) {
      const { status, body } = await zoho.zoho.post('/__simulator/reset', options)
      assert.equal(status, 400)
      assert.match(String(body.error), /must be one of/)
    }
  })

  test('every data centre is the simulator', async ({ assert, cleanup }) => {
    const zoho = await openConsent(cleanup)
    const { body } = await zoho.zoho.get('/oauth/serverinfo')
    assert.equal(body.locations.eu, zoho.sim.url)
    assert.equal(body.locations.us, zoho.sim.url)
    const { status } = await zoho.zoho.get('/oauth/v3/auth')
    assert.equal(status, 404)
  })
})
