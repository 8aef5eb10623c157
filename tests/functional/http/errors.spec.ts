import { test } from '@japa/runner'
import { isInside } from '#http/is_inside'
import { givenConnection, givenService, givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'

test.group('errors', () => {
  test('what breaks inside is a page that tells nothing of the inside', async ({ assert }) => {
    const tenant = await givenTenant()
    const connection = await givenConnection(tenant)
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))

    // No runner threads are started here, so that a check breaks.
    const answer = await visitor.post(`/t/${tenant.slug}/connections/${connection.id}/checks`)
    assert.equal(answer.status, 500)
    assert.equal(answer.page?.component, 'errors/error')
    assert.isNull(answer.page?.props.message)
    assert.notMatch(answer.body, /runners|\.ts:\d+|node_modules/)
  })

  test('what is refused comes back to the page as a sentence', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant, { state: 'paused', stateReason: 'holidays' })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    const path = `/t/${tenant.slug}/services/${service.id}`

    const answer = await visitor.post(`${path}/runs`)
    assert.equal(answer.status, 302)
    const page = await visitor.pageAt(path)
    assert.match((page?.props.notice as { text: string }).text, /is paused \(holidays\)/)
  })

  test('a refusal leads to a page of ours, wherever the form came from', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant, { state: 'paused' })
    const visitor = await Visitor.signedInAs(await givenUser({ tenant }))
    visitor.referer = 'https://evil.example/trap'
    const answer = await visitor.post(`/t/${tenant.slug}/services/${service.id}/runs`)
    assert.equal(answer.location, '/')
  })

  test('only paths of this server count as inside', ({ assert }) => {
    for (const path of ['/', '/t/north-wind?page=2']) assert.isTrue(isInside(path), path)
    for (const path of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'x',
      '',
      null,
    ]) {
      assert.isFalse(isInside(path), String(path))
    }
  })
})
