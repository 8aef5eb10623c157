import { test } from '@japa/runner'
import { describeStream } from '#domain/connections/stream_catalog'
import { givenZoho, givenZohoConnection } from '#tests/functional/connections/given_zoho'
import { givenTenant } from '#tests/support/app'
import { withTestRunners } from '#tests/support/with_test_runners'

test.group('What a stream looks like', () => {
  test('is asked of the vendor once, and again when somebody wants it', async ({ assert }) => {
    const tenant = await givenTenant()
    const zoho = await givenZoho()
    const connection = await givenZohoConnection(tenant, zoho)
    await withTestRunners(async () => {
      const first = await describeStream(connection, 'Deals')
      const asked = zoho.calls('/settings/fields')
      assert.isAbove(asked, 0)
      assert.deepEqual(await describeStream(connection, 'Deals'), first)
      assert.equal(zoho.calls('/settings/fields'), asked)
      await describeStream(connection, 'Deals', { refresh: true })
      assert.equal(zoho.calls('/settings/fields'), 2 * asked)
    })
    await tenant.delete()
    await zoho.close()
  }).timeout(60_000)
})
