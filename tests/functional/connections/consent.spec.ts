import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import AuditEvent from '#domain/audit/audit_event'
import Authorization, { digest } from '#domain/connections/authorization'
import Connection from '#domain/connections/connection'
import Consent from '#domain/connections/consent'
import type Tenant from '#domain/tenants/tenant'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { givenZoho, zohoForm } from '#tests/functional/connections/given_zoho'
import { givenConnection, givenTenant, givenUser, unique } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

async function givenBuilder(options: Partial<SimulatorOptions> = {}) {
  const tenant = await givenTenant()
  const clientId = unique('1000.CLIENT')
  const refreshToken = unique('1000.refresh-token')
  const own = { clientId, refreshToken, consent: 'accept' as const }
  const zoho = await givenZoho({ ...own, ...options })
  const user = await givenUser({ tenant, role: 'builder' })
  const visitor = await Visitor.signedInAs(user)
  const begin = async (form: object = {}) => {
    const { location } = await visitor.post(`/t/${tenant.slug}/connections`, zohoForm(zoho, form))
    return location ?? ''
  }
  return { tenant, user, zoho, visitor, begin }
}

/** Where the simulator's consent page sends the browser back to. */
async function callbackOf(address: string): Promise<string> {
  const { headers } = await fetch(address, { redirect: 'manual' })
  const { pathname, search } = new URL(headers.get('location') ?? '')
  return pathname + search
}

const connectionsOf = (tenant: Tenant) => Connection.query().where('tenantId', tenant.id)
const errorsOf = async (visitor: Visitor, path: string) => {
  const page = await visitor.pageAt(path)
  return page?.props.errors as { [field: string]: string }
}

test.group('A consent', () => {
  test('asks for the scopes of what was ticked, and for no others', async ({ assert }) => {
    const { begin, zoho } = await givenBuilder()
    const { searchParams } = new URL(await begin({ uses: ['read'], streams: ['Deals'] }))
    assert.equal(searchParams.get('access_type'), 'offline')
    assert.equal(searchParams.get('prompt'), 'consent')
    const scopes = searchParams.get('scope')?.split(',') ?? []
    assert.includeMembers(scopes, ['ZohoCRM.modules.deals.READ', 'ZohoCRM.org.READ'])
    assert.isEmpty(scopes.filter((scope) => /CREATE|UPDATE|bulk|\.ALL|notifications/.test(scope)))
    await zoho.close()
  })

  test('is good once, in time, and in the session that began it', async ({ assert }) => {
    const { begin, zoho, visitor, tenant, user } = await givenBuilder()
    const elsewhere = await Visitor.signedInAs(user)
    const other = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
    const callback = await callbackOf(await begin())
    assert.equal(await elsewhere.statusOf(callback), 403)
    assert.equal(await other.statusOf(callback), 403)
    const late = await callbackOf(await begin({ name: 'late' }))
    const [, consent] = await Consent.query().where('tenantId', tenant.id).orderBy('id')
    await consent!.merge({ expiresAt: DateTime.utc().minus({ seconds: 1 }) }).save()
    assert.equal(await visitor.statusOf(late), 403)
    assert.equal(zoho.calls('/oauth/v2/token'), 0)

    await withTestRunners(async () => {
      assert.match(String(await visitor.leadsTo(callback)), /\/connections\/[0-9a-f-]{36}$/)
    })
    assert.equal(await visitor.statusOf(callback), 403)
    const [connection, ...others] = await connectionsOf(tenant)
    assert.lengthOf(others, 0)
    assert.equal(connection?.identity, zoho.simulator.zgid)
    assert.notInclude(JSON.stringify(connection?.settings), 'secret')
    await zoho.close()
  })

  test('for a name that was taken meanwhile asks for no token', async ({ assert }) => {
    const { begin, zoho, visitor, tenant } = await givenBuilder()
    const callback = await callbackOf(await begin())
    await givenConnection(tenant, { name: 'zoho' })
    await withTestRunners(() => visitor.get(callback))
    const consent = await Consent.query().where('tenantId', tenant.id).firstOrFail()
    assert.match(String(consent.message), /already a connection "zoho"/)
    assert.equal(zoho.calls('/oauth/v2/token'), 0)
    await zoho.close()
  })

  test('that names its own server believes no other, even a listed one', async ({ assert }) => {
    const { begin, zoho, visitor, tenant } = await givenBuilder({
      location: 'in',
      accountsServer: 'https://accounts.zoho.in',
    })
    const callback = await callbackOf(await begin())
    await withTestRunners(() => visitor.get(callback))
    const consent = await Consent.query().where('tenantId', tenant.id).firstOrFail()
    assert.equal(consent.state, 'failed')
    assert.match(String(consent.message), /not known: "in", "https:\/\/accounts.zoho.in"/)
    assert.equal(zoho.calls('/oauth/v2/token'), 0)
    await zoho.close()
  })

  test('says of a client that is unknown or a wrong secret at which field', async ({ assert }) => {
    const { tenant, zoho, visitor } = await givenBuilder()
    const path = `/t/${tenant.slug}/connections`
    const secrets = { clientId: zoho.simulator.options.clientId, clientSecret: 'mistyped' }
    visitor.referer = `${path}/create?connector=zoho_crm`
    const form = zohoForm(zoho, { secrets, signIn: 'code', code: '1000.a.b' })
    await withTestRunners(() => visitor.post(path, form))
    const errors = await errorsOf(visitor, `${path}/create?connector=zoho_crm`)
    assert.match(errors['secrets.clientSecret']!, /client secret is wrong/)
    await zoho.close()
  })
})

test.group('The 21st consent', () => {
  async function givenTwenty(tenant: Tenant, clientId: string, user: string) {
    for (let number = 1; number <= 20; number += 1) {
      const connection = await givenConnection(tenant, { name: `held-${number}` })
      await Authorization.create({
        connectionId: connection.id,
        kind: 'refresh_token',
        clientHash: digest(clientId),
        tokenHash: digest(`token ${user} ${number}`),
        vendorUser: user,
        vendorUserName: 'Sim Admin',
        scopes: null,
        authorizedAt: DateTime.utc().minus({ days: 30 - number }),
      })
    }
  }

  test('is refused beforehand, with the name of the connection it would end', async ({
    assert,
  }) => {
    const { tenant, zoho, visitor, begin } = await givenBuilder()
    await givenTwenty(tenant, zoho.simulator.options.clientId, 'zuid-1')
    const form = `/t/${tenant.slug}/connections/create?connector=zoho_crm`
    visitor.referer = form
    assert.equal(await begin(), form)
    const { consent } = await errorsOf(visitor, form)
    assert.match(consent!, /"held-1" would stop working/)
    assert.match(await begin({ isOtherUser: true }), /\/oauth\/v2\/auth\?/)
    await zoho.close()
  })

  test('that went through after all is handed back, and the ended connection is told', async ({
    assert,
  }) => {
    const { tenant, zoho, visitor, begin } = await givenBuilder()
    const { authorizationCode: code, clientId } = zoho.simulator.options
    const form = zohoForm(zoho, { name: 'first', signIn: 'code', code })
    await withTestRunners(() => visitor.post(`/t/${tenant.slug}/connections`, form))
    const first = await connectionsOf(tenant).firstOrFail()
    const { vendorUser } = await Authorization.findOrFail(first.id)
    await givenTwenty(tenant, clientId, String(vendorUser))
    const callback = await callbackOf(await begin({ isOtherUser: true }))
    await withTestRunners(() => visitor.get(callback))
    const consent = await Consent.query().where('tenantId', tenant.id).firstOrFail()
    assert.match(String(consent.message), /handed back; "held-1" must sign in again/)
    assert.equal(zoho.calls('/oauth/v2/token/revoke'), 1)
    const [ended] = await connectionsOf(tenant).where('name', 'held-1')
    assert.equal(ended?.health, 'broken')
    assert.lengthOf(await connectionsOf(tenant).where('name', 'zoho'), 0)
    await zoho.close()
  })
})

test.group('Signing in without a browser', () => {
  test('by a code that was pasted, and deleting hands the right back', async ({ assert }) => {
    const { tenant, zoho, visitor } = await givenBuilder()
    const path = `/t/${tenant.slug}/connections`
    const code = zoho.simulator.options.authorizationCode
    await withTestRunners(() => visitor.post(path, zohoForm(zoho, { signIn: 'code', code })))
    const [connection] = await connectionsOf(tenant)
    assert.equal(connection?.health, 'ok')
    await visitor.delete(`${path}/${connection!.id}`)
    assert.equal(zoho.calls('/oauth/v2/token/revoke'), 1)
    assert.lengthOf(await connectionsOf(tenant), 0)
    const event = await AuditEvent.query()
      .where('tenantId', tenant.id)
      .where('action', 'connection.deleted')
      .firstOrFail()
    assert.equal(event.detail.revocation, 'revoked')
    await zoho.close()
  })

  test('as the client itself, with the org id', async ({ assert }) => {
    const { tenant, zoho, visitor } = await givenBuilder()
    const path = `/t/${tenant.slug}/connections`
    const form = zohoForm(zoho, { signIn: 'client_credentials' })
    const orgId = zoho.simulator.zgid
    visitor.referer = `${path}/create?connector=zoho_crm`
    await visitor.post(path, form)
    const errors = await errorsOf(visitor, visitor.referer)
    assert.match(errors['settings.orgId']!, /is needed to sign in as the client itself/)
    const settings = { ...form.settings, orgId }
    await withTestRunners(() => visitor.post(path, { ...form, settings }))
    const [connection] = await connectionsOf(tenant)
    assert.equal(connection?.health, 'ok')
    assert.notProperty(await connection!.secrets(), 'refreshToken')
    await zoho.close()
  })
})
