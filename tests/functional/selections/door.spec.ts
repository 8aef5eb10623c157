import { test } from '@japa/runner'
import Extension from '#domain/selections/extension'
import { issueExtension, revokeExtension } from '#domain/selections/issue_extension'
import Selection from '#domain/selections/selection'
import { baseUrl } from '#tests/support/base_url'
import { withZohoSelection } from '#tests/support/zoho_selection'
import type { ZohoSelection } from '#tests/support/zoho_selection'

const WIDGET = 'https://82b8dcde.zappsusercontent.eu'
const ids = (count: number) => Array.from({ length: count }, (_, at) => String(5_000_000 + at))
const stored = ({ tenant }: ZohoSelection) => Selection.query().where('tenantId', tenant.id)

test.group('The door of extensions', () => {
  test('keeps a selection for 15 minutes, and answers a link to it', ({ assert }) =>
    withZohoSelection(async (house) => {
      const { status, body } = await house.knock({ ids: ['71', '72', '71'] })
      assert.equal(status, 201)
      const [selection] = await stored(house)
      assert.deepEqual(selection.ids, ['71', '72'])
      assert.containSubset(selection, { module: 'Deals', org: house.org, userId: '42' })
      const minutes = selection.expiresAt.diff(selection.createdAt, 'minutes').minutes
      assert.equal(minutes, 15)
      assert.match(String(body.link), new RegExp(`/x/${selection.id}\\.[\\w-]{43}$`))
      const rows = JSON.stringify([selection.$attributes, await Extension.all()])
      assert.notInclude(rows, house.key)
    })).timeout(60_000)

  test('takes the ids as Zoho’s functions hand them over, as one text', ({ assert }) =>
    withZohoSelection(async (house) => {
      const { status } = await house.knock({ ids: '71|||72', user: '42' })
      assert.equal(status, 201)
      const [selection] = await stored(house)
      assert.deepEqual(selection.ids, ['71', '72'])
    })).timeout(60_000)

  test('refuses another org, too many records and what is no selection', ({ assert }) =>
    withZohoSelection(async (house) => {
      const wrong: Array<[object, RegExp]> = [
        [{ ids: ['71'], orgId: `${house.org}1` }, /another org/],
        [{ ids: ids(5_001) }, /5001 records .* at most 5000/],
        [{ ids: [] }, /no selection/],
        [{ ids: ['71; drop'] }, /no selection/],
        [{ ids: ['71'], module: '../Deals' }, /no selection/],
        [{ ids: ['71'], user: {} }, /no selection/],
        [{ ids: { length: 3 } }, /no selection/],
      ]
      for (const [body, why] of wrong) {
        const answer = await house.knock(body)
        assert.equal(answer.status, 422, JSON.stringify(body).slice(0, 80))
        assert.match(String(answer.body.error), why)
      }
      assert.lengthOf(await stored(house), 0)
      const most = await house.knock({ ids: ids(5_000) })
      assert.equal(most.status, 201)
    })).timeout(60_000)

  test('knows no other key, and an old one no more', ({ assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(['71'])
      for (const key of ['a'.repeat(43), `${house.key}x`, house.key.slice(1)]) {
        assert.containSubset(await house.knock({ ids: ['71'] }, { key }), { status: 404 })
      }
      const renewed = await issueExtension(house.connection, true)
      assert.containSubset(await house.knock({ ids: ['71'] }), { status: 404 })
      const fresh = await house.knock({ ids: ['71'] }, { key: renewed.key })
      assert.equal(fresh.status, 201)
      const old = await fetch(baseUrl() + path)
      assert.equal(old.status, 404)
      assert.isTrue(await revokeExtension(house.connection))
      assert.containSubset(await house.knock({ ids: ['71'] }, renewed), { status: 404 })
    })).timeout(60_000)

  test('lets browsers ask from pages of Zoho’s alone', ({ assert }) =>
    withZohoSelection(async (house) => {
      const { status, headers } = await house.knock({ ids: ['71'] }, { origin: WIDGET })
      assert.equal(status, 201)
      assert.equal(headers.get('access-control-allow-origin'), WIDGET)
      const strangers = [
        'https://example.com',
        'https://crm.zoho.eu.example.com',
        'https://a.b.zappsusercontent.eu',
        'https://zappsusercontent.eu',
        'http://crm.zoho.eu',
        'null',
      ]
      for (const origin of strangers) {
        const answer = await house.knock({ ids: ['71'] }, { origin })
        assert.equal(answer.status, 403, origin)
        assert.isNull(answer.headers.get('access-control-allow-origin'))
      }
      const preflight = await fetch(`${baseUrl()}/extension/${house.key}/selections`, {
        method: 'OPTIONS',
        headers: { 'origin': 'https://crm.zoho.com', 'access-control-request-method': 'POST' },
      })
      assert.equal(preflight.status, 204)
      assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://crm.zoho.com')
    })).timeout(60_000)

  test('has enough of one that asks too often', ({ assert }) =>
    withZohoSelection(async (house) => {
      const statuses = new Set<number>()
      for (let count = 0; count < 61; count += 1) {
        const { status } = await house.knock({ ids: ['71'] })
        statuses.add(status)
      }
      assert.sameMembers([...statuses], [201, 429])
    })).timeout(60_000)
})
