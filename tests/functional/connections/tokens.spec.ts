import { test } from '@japa/runner'
import AccessToken from '#domain/connections/access_token'
import { applyConnection } from '#domain/connections/apply_connection'
import Connection from '#domain/connections/connection'
import { tokenPort } from '#domain/connections/token_port'
import { ConnectorError } from '#sdk'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'

async function givenZoho(tokenLifeSeconds = 3600) {
  const house = await givenShopToZoho({ records: 1, simulator: { tokenLifeSeconds } })
  const connection = await Connection.query()
    .where('tenantId', house.tenant.id)
    .where('connector', 'zoho_crm')
    .firstOrFail()
  const tokenCalls = () =>
    Object.entries(house.simulator.stats().credits.byEndpoint)
      .filter(([endpoint]) => endpoint.includes('/oauth/v2/token'))
      .reduce((sum, [, { calls }]) => sum + calls, 0)
  return { house, connection, tokenCalls }
}

const refused = (kind: string, words: RegExp) => (error: unknown) =>
  error instanceof ConnectorError && error.kind === kind && words.test(error.message)

test.group('Access tokens', () => {
  test('are renewed once, however many ask at the same time', async ({ assert }) => {
    const { house, connection, tokenCalls } = await givenZoho()
    const { header } = await tokenPort.get(connection.id, null)
    const before = tokenCalls()
    const grants = await Promise.all(
      Array.from({ length: 32 }, () => tokenPort.get(connection.id, header))
    )
    assert.equal(tokenCalls() - before, 1)
    assert.lengthOf(new Set(grants.map((grant) => grant.header)), 1)
    assert.notEqual(grants[0]?.header, header)
    await house.close()
  })

  test('are sealed where they are kept, and never renewed ten times in ten minutes', async ({
    assert,
  }) => {
    const { house, connection, tokenCalls } = await givenZoho()
    let { header } = await tokenPort.get(connection.id, null)
    let error: unknown = null
    for (let times = 0; times < 12 && error === null; times += 1) {
      const next = await tokenPort.get(connection.id, header).catch((caught: unknown) => {
        error = caught
      })
      header = next?.header ?? header
    }
    assert.isTrue(refused('rate_limited', /would block the connection/)(error))
    assert.equal(tokenCalls(), 9, 'the tenth is left for a person')
    await house.close()
  })

  for (const as of [200, 400] as const) {
    test(`a throttle that comes with status ${as} means to wait`, async ({ assert }) => {
      const { house, connection } = await givenZoho()
      const { header } = await tokenPort.get(connection.id, null)
      house.simulator.faults([{ match: {}, kind: 'token_throttled', as }])
      const error = await tokenPort.get(connection.id, header).catch((caught: unknown) => caught)
      assert.isTrue(refused('rate_limited', /asks to wait/)(error), String(error))
      await house.close()
    })
  }

  test('an error inside a reply with status 200 is an error', async ({ assert }) => {
    const { house, connection } = await givenZoho()
    await connection.sealSecrets({ ...(await connection.secrets()), clientSecret: 'wrong' })
    await connection.save()
    const { header } = await tokenPort.get(connection.id, null)
    const error = await tokenPort.get(connection.id, header).catch((caught: unknown) => caught)
    assert.isTrue(refused('auth', /client secret is wrong/)(error), String(error))
    assert.notInclude(String(error), 'wrong-secret')
    await house.close()
  })

  test('are not asked for again while the token server asks to wait', async ({ assert }) => {
    const { house, connection, tokenCalls } = await givenZoho()
    const { header } = await tokenPort.get(connection.id, null)
    house.simulator.faults([{ match: {}, kind: 'token_throttled', as: 400 }])
    await tokenPort.get(connection.id, header).catch(() => null)
    const before = tokenCalls()
    const error = await tokenPort.get(connection.id, header).catch((caught: unknown) => caught)
    assert.isTrue(refused('rate_limited', /asked to wait/)(error), String(error))
    assert.equal(tokenCalls(), before)
    await house.close()
  })

  test('stay counted when the same connection is applied again', async ({ assert }) => {
    const { house, connection } = await givenZoho()
    await tokenPort.get(connection.id, null)
    const { recentRefreshes } = await AccessToken.of(connection.id)
    const { name, connector, settings } = connection
    const file = { name, connector, settings, secrets: await connection.secrets() }
    await applyConnection(house.tenant, file, null)
    const again = await AccessToken.of(connection.id)
    assert.isNull(again.sealedToken)
    assert.deepEqual(again.recentRefreshes, recentRefreshes)
    await house.close()
  })

  test('of a client that signs in as itself are renewed without a refresh token', async ({
    assert,
  }) => {
    const { house, connection, tokenCalls } = await givenZoho()
    const { clientId, clientSecret } = house.simulator.options
    connection.settings = { ...connection.settings, orgId: house.simulator.zgid }
    await connection.sealSecrets({ clientId, clientSecret })
    await connection.save()
    await AccessToken.forget(connection.id)
    const before = tokenCalls()
    const first = await tokenPort.get(connection.id, null)
    const second = await tokenPort.get(connection.id, first.header)
    assert.notEqual(first.header, second.header)
    assert.equal(tokenCalls() - before, 2)
    await house.close()
  })
})
