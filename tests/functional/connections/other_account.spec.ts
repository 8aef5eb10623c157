import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { tokenPort } from '#domain/connections/token_port'
import { givenZoho, zohoForm } from '#tests/functional/connections/given_zoho'
import type { GivenZoho } from '#tests/functional/connections/given_zoho'
import { givenTenant, givenUser, unique } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

const SCOPES = ['org', 'users'].map((name) => `ZohoCRM.${name}.READ`).join(',')

async function codeOf({ simulator }: GivenZoho, person: string): Promise<string> {
  const answer = await fetch(`${simulator.url}/__simulator/self_client`, {
    method: 'POST',
    body: JSON.stringify({ scope: SCOPES, person }),
  })
  const { code } = (await answer.json()) as { code: string }
  return code
}

async function givenConnected() {
  const tenant = await givenTenant()
  const zoho = await givenZoho({ clientId: unique('1000.CLIENT') })
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
  const path = `/t/${tenant.slug}/connections`
  const form = async (person: string) =>
    zohoForm(zoho, { signIn: 'code', code: await codeOf(zoho, person) })
  const first = await form('sim.admin@example.com')
  await withTestRunners(() => visitor.post(path, first))
  const connection = await Connection.query().where('tenantId', tenant.id).firstOrFail()
  const reconnect = async () => {
    const other = await form('otto.other@example.com')
    const { location } = await withTestRunners(() => visitor.put(`${path}/${connection.id}`, other))
    return String(location)
  }
  return { tenant, zoho, visitor, connection, reconnect }
}

test.group('A sign-in that leads to another account', () => {
  test('replaces nothing by itself, and nothing after a no', async ({ assert }) => {
    const { zoho, visitor, connection, reconnect } = await givenConnected()
    const before = connection.$attributes
    const { header } = await tokenPort.get(connection.id, null)
    const question = await reconnect()
    assert.match(question, /\/consents\//)
    await connection.refresh()
    assert.deepEqual(connection.$attributes, before)
    const same = await tokenPort.get(connection.id, null)
    assert.equal(same.header, header)

    await visitor.delete(question)
    assert.equal(zoho.calls('/oauth/v2/token/revoke'), 1)
    const yes = await visitor.post(`${question}/confirmation`)
    assert.match(String(yes.location), /\/connections$/)
    await connection.refresh()
    assert.equal(connection.identity, before.identity)
    await zoho.close()
  })

  test('replaces it after a yes, which is good once', async ({ assert }) => {
    const { tenant, zoho, visitor, connection, reconnect } = await givenConnected()
    const before = connection.identity
    const question = await reconnect()
    const page = await visitor.pageAt(question)
    const { accounts } = page?.props.consent as { accounts: { known: object; found: object } }
    assert.deepInclude(accounts.known, { name: 'Simulated Company', id: before })
    assert.deepInclude(accounts.found, { name: 'Other Company' })

    await visitor.post(`${question}/confirmation`)
    await connection.refresh()
    assert.notEqual(connection.identity, before)
    assert.equal(connection.settings.orgId, connection.identity)
    const event = await AuditEvent.query()
      .where('tenantId', tenant.id)
      .orderBy('number', 'desc')
      .firstOrFail()
    assert.equal(event.action, 'connection.authorized')
    assert.equal(event.detail.accountBefore, before)
    assert.equal(event.detail.revocation, 'revoked')
    const again = await visitor.post(`${question}/confirmation`)
    assert.match(String(again.location), /\/connections$/)
    await zoho.close()
  })
})
