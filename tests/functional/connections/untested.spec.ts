import { test } from '@japa/runner'
import { checkConnection } from '#domain/connections/check_connection'
import AccessToken from '#domain/connections/access_token'
import { untestedText } from '#domain/connections/untested'
import type { FaultRule } from '#simulators/zoho/control/fault_rule'
import { givenZoho, givenZohoConnection } from '#tests/functional/connections/given_zoho'
import { givenTenant, givenUser } from '#tests/support/app'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

const PASSING: Array<[name: string, fault: FaultRule]> = [
  ['HTTP 500', { match: { path: '/org' }, kind: 'status', status: 500 }],
  ['HTTP 503', { match: { path: '/org' }, kind: 'status', status: 503 }],
  ['no answer', { match: { path: '/org' }, kind: 'drop_before' }],
  ['the throttle of tokens', { match: {}, kind: 'token_throttled' }],
]

const LATER = /^The connection could not be tested now: .+\. Try again at \d\d:\d\d UTC\./

async function givenChecked() {
  const tenant = await givenTenant()
  const zoho = await givenZoho()
  const connection = await givenZohoConnection(tenant, zoho)
  await checkConnection(connection)
  await connection.refresh()
  return { tenant, zoho, connection }
}

test.group('A connection that cannot be tested now', () => {
  test('is left as it was, sound or broken', async ({ assert }) => {
    await withTestRunners(async () => {
      const { zoho, connection } = await givenChecked()
      const stateOf = async () => {
        const { health, healthMessage, checkedAt } = await connection.refresh()
        return { health, healthMessage, checkedAt: checkedAt?.toMillis() }
      }
      const sound = await stateOf()
      assert.equal(sound.health, 'ok')
      for (const [name, fault] of PASSING) {
        const isOfTokens = fault.kind === 'token_throttled'
        if (isOfTokens) await AccessToken.query().where('connectionId', connection.id).delete()
        zoho.simulator.faults([fault])
        const result = await checkConnection(connection)
        assert.isFalse(result.ok, name)
        assert.match(result.message, LATER, name)
        assert.deepEqual(await stateOf(), sound, name)
      }
      await AccessToken.query().where('connectionId', connection.id).delete()
      zoho.simulator.faults([{ match: { path: '/org' }, kind: 'status', status: 403 }])
      const refused = await checkConnection(connection)
      assert.isFalse(refused.ok)
      const broken = await stateOf()
      assert.equal(broken.health, 'broken')
      zoho.simulator.faults([PASSING[0][1]])
      await checkConnection(connection)
      assert.deepEqual(await stateOf(), broken)
      await zoho.close()
    })
  }).timeout(60_000)

  test('is broken where nobody is there at all', async ({ assert }) => {
    await withTestRunners(async () => {
      const { zoho, connection } = await givenChecked()
      await zoho.simulator.close()
      await checkConnection(connection)
      assert.containSubset(await connection.refresh(), { health: 'broken' })
      await zoho.close()
    })
  }).timeout(60_000)

  test('says so on its page, once', async ({ assert }) => {
    await withTestRunners(async () => {
      const { tenant, zoho, connection } = await givenChecked()
      const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
      zoho.simulator.faults([PASSING[0][1]])
      const path = `/t/${tenant.slug}/connections`
      const answer = await visitor.post(`${path}/${connection.id}/checks`)
      const page = await visitor.pageAt(answer.location ?? '')
      assert.containSubset(page?.props, { notice: { kind: 'warning' } })
      assert.match(String(Reflect.get(Object(page?.props.notice), 'text')), LATER)
      const later = await visitor.pageAt(path)
      assert.isNull(later?.props.notice)
      await zoho.close()
    })
  }).timeout(60_000)

  test('is told when to try again, rounded up', ({ assert }) => {
    const noon = Date.parse('2026-11-21T12:00:30Z')
    assert.equal(
      untestedText('Zoho asks to wait', 9.5 * 60_000, noon),
      'The connection could not be tested now: Zoho asks to wait. Try again at 12:10 UTC.'
    )
    assert.include(untestedText('Busy.', 1, noon), 'Busy. Try again at 12:01 UTC.')
  })
})
