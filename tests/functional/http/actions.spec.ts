import { test } from '@japa/runner'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { givenConnection, givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

async function givenZoho() {
  const house = await givenShopToZoho({ records: 1 })
  const connection = await Connection.query()
    .where('tenantId', house.tenant.id)
    .where('connector', 'zoho_crm')
    .firstOrFail()
  const visitorAs = async (role: 'operator' | 'builder') =>
    Visitor.signedInAs(await givenUser({ tenant: house.tenant, role }))
  return {
    house,
    connection,
    visitorAs,
    path: `/t/${house.tenant.slug}/connections/${connection.id}/actions`,
  }
}

const deal = { Deal_Name: 'Payload 4711', Stage: 'Qualification' }

test.group('actions', () => {
  test('a builder runs one: answer, price and an audit event without the payload', async ({
    assert,
  }) => {
    const { house, connection, visitorAs, path } = await givenZoho()
    const visitor = await visitorAs('builder')
    const page = await visitor.pageAt(`${path}?action=create_records`)

    assert.containSubset(page?.props, { chosen: 'create_records', result: null })
    const inputs = { module: 'Deals', records: JSON.stringify(deal) }
    const answer = await withTestRunners(() =>
      visitor.post(path, { action: 'create_records', inputs })
    )
    const result = Object(answer.page?.props.result)
    assert.containSubset(result, { ok: true, calls: 1, credits: 1 })
    assert.match(result.text, /"state": "created"/)
    const events = await AuditEvent.query().where('subject', connection.id)
    const [event] = events.filter(({ action }) => action === 'action.run')
    assert.deepEqual(event?.detail, {
      connection: 'zoho',
      action: 'create_records',
      succeeded: true,
    })
    assert.notInclude(JSON.stringify(events.map(({ detail }) => detail)), '4711')
    await house.close()
  })

  test('wrong inputs are told before any call, a refusal as a sentence', async ({ assert }) => {
    const { house, visitorAs, path } = await givenZoho()
    const visitor = await visitorAs('builder')
    const run = async (action: string, inputs: object) => {
      const answer = await visitor.post(path, { action, inputs })
      return Object(answer.page?.props.result)
    }
    await withTestRunners(async () => {
      const before = house.simulator.stats().credits.used
      const wrong = await run('get_record', { module: 'Deals', record_id: 'x' })
      assert.match(wrong.problems.record_id, /digits only/)
      assert.equal(house.simulator.stats().credits.used, before)
      const refused = await run('list_records', { module: 'Nothing', fields: 'id' })
      assert.match(refused.message, /no such module/)
      assert.notInclude(JSON.stringify(refused), house.simulator.options.refreshToken)
    })
    const { status } = await visitor.post(path, { action: 'nothing', inputs: {} })
    assert.equal(status, 404)
    await house.close()
  })

  test('an operator may not, and a connector without actions says so', async ({ assert }) => {
    const { house, visitorAs, path } = await givenZoho()
    const operator = await visitorAs('operator')
    assert.equal(await operator.statusOf(path), 403)
    const other = await givenConnection(house.tenant)
    const builder = await visitorAs('builder')
    const page = await builder.pageAt(`/t/${house.tenant.slug}/connections/${other.id}/actions`)
    assert.deepEqual(page?.props.actions, [])
    await house.close()
  })
})
