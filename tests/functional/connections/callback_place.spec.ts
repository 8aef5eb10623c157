import { test } from '@japa/runner'
import type Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import { settlePlace } from '#domain/connections/settle_place'
import { dataCentres } from '../../../plugins/connectors/zoho_crm/data_centres.js'

test.group('The place that a callback names', () => {
  const eu = { 'location': 'eu', 'accounts-server': 'https://accounts.zoho.eu' }
  const settle = async (settings: Connection['settings'], query: object) =>
    settlePlace(await declarationOf('zoho_crm'), settings, { ...query })

  test('becomes the data centre, where the connector lists it', async ({ assert }) => {
    const moved = { settings: { dataCentre: 'eu' } }
    assert.deepEqual(await settle({ dataCentre: 'us' }, eu), moved)
    const own = { dataCentre: 'us', accountsUrl: 'https://accounts.zoho.com' }
    assert.deepEqual(await settle(own, eu), moved)
    assert.deepEqual(await settle({ dataCentre: 'us' }, {}), { settings: { dataCentre: 'us' } })
  })

  test('may be any that Zoho has, each with its own server', async ({ assert }) => {
    const places = Object.entries(dataCentres)
    assert.isAtLeast(places.length, 8)
    for (const [place, { accountsUrl }] of places) {
      const said = { 'location': place, 'accounts-server': accountsUrl }
      const settled = await settle({ dataCentre: 'us' }, said)
      assert.deepEqual(settled, { settings: { dataCentre: place } }, place)
      const other = place === 'us' ? dataCentres.eu : dataCentres.us
      const foreign = { 'location': place, 'accounts-server': other.accountsUrl }
      assert.property(await settle({ dataCentre: 'us' }, foreign), 'problem', place)
    }
  })

  test('is refused with {server} of {location}')
    .with([
      { location: 'eu', server: 'https://accounts.zoho.eu.example' },
      { location: 'eu', server: 'https://accounts.zoho.com' },
      { location: 'constructor', server: 'https://accounts.zoho.com' },
      { location: undefined, server: 'https://accounts.example' },
      { location: 'eu', server: ['https://accounts.zoho.eu', 'https://accounts.example'] },
    ])
    .run(async ({ assert }, { location, server }) => {
      const place = await settle({ dataCentre: 'us' }, { location, 'accounts-server': server })
      assert.property(place, 'problem')
    })
})
