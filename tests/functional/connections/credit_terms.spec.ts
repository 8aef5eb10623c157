import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import { applyConnection } from '#domain/connections/apply_connection'
import Connection from '#domain/connections/connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { orgOf } from '#domain/connections/org'
import { keepCreditTerms } from '#domain/runs/keep_credit_terms'
import type Tenant from '#domain/tenants/tenant'
import { givenConnection, givenTenant } from '#tests/support/app'

const text = (credits: string, name = 'zoho') =>
  `name: ${name}\nconnector: zoho_crm\nsettings: { dataCentre: eu }\n` +
  `secrets: { clientId: a, clientSecret: b, refreshToken: c }\n${credits}`

const apply = async (tenant: Tenant, credits: string) => {
  const file = parseConnectionFile(text(credits), 'zoho.yaml', {})
  const connection = await applyConnection(tenant, file, null)
  await keepCreditTerms(connection, file.credits)
  return Connection.findOrFail(connection.id)
}

const limitsChanged = async ({ id }: Connection) => {
  const events = await AuditEvent.query()
    .where('subject', id)
    .where('action', 'connection.limits_changed')
  return events.length
}

test.group('Credits in a connection file', () => {
  test('limit and reserve of the account; absent leaves them, null takes the usual', async ({
    assert,
  }) => {
    const tenant = await givenTenant()
    const first = await apply(tenant, 'credits: { perDay: 20000, reservePercent: 25 }')
    const org = await orgOf(first)
    assert.deepEqual([org.perDay, org.reserve], [20000, 5000])
    const same = await apply(tenant, 'credits: { perDay: 20000, reservePercent: 25 }')
    assert.equal(await limitsChanged(same), 1)

    const untouched = await apply(tenant, '')
    assert.deepEqual([untouched.creditsPerDay, untouched.reservePercent], [20000, 25])
    const usual = await apply(tenant, 'credits: { perDay: null, reservePercent: 0 }')
    assert.deepEqual([usual.creditsPerDay, usual.reservePercent], [null, 0])
    assert.equal(await limitsChanged(usual), 2)
  })

  test('are those of all connections of the tenant to that account', async ({ assert }) => {
    const [tenant, other] = [await givenTenant(), await givenTenant()]
    const account = { connector: 'zoho_crm', identity: `60${Date.now()}` }
    const beside = await givenConnection(tenant, account)
    const foreign = await givenConnection(other, account)
    const own = await apply(tenant, '')
    await own.merge({ identity: account.identity }).save()
    await apply(tenant, 'credits: { perDay: 7000 }')
    await beside.refresh()
    await foreign.refresh()
    assert.deepEqual([beside.creditsPerDay, foreign.creditsPerDay], [7000, null])
  })

  test('{credits} is refused with a sentence: {says}')
    .with([
      { credits: 'credits: { perDay: 0 }', says: /credits\.perDay must be a whole number from 1/ },
      { credits: 'credits: { reservePercent: 91 }', says: /reservePercent .* from 0 to 90/ },
      { credits: 'credits: { reservePercent: "10" }', says: /reservePercent .* whole number/ },
      { credits: 'credits: { perday: 1 }', says: /perday is not known; known are: perDay/ },
      { credits: 'credits: 5000', says: /"credits" must be a list of name: value/ },
    ])
    .run(({ assert }, { credits, says }) => {
      assert.throws(() => parseConnectionFile(text(credits), 'zoho.yaml', {}), says)
    })
})
