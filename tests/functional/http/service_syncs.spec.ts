import { test } from '@japa/runner'
import Run from '#domain/runs/run'
import Tenant from '#domain/tenants/tenant'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'

test.group('Syncing from a date, by its form', () => {
  test('never reads everything for want of a date', async ({ assert, cleanup }) => {
    const incremental = { by: 'modified' as const, column: 'updated_at' }
    const { service, close } = await givenShopToZoho({ records: 1, incremental })
    cleanup(close)
    const tenant = await Tenant.findOrFail(service.tenantId)
    const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
    const path = `/t/${tenant.slug}/services/${service.id}/syncs`
    const runs = () => Run.query().where('serviceId', service.id)
    await visitor.post(path, { from: null })
    await visitor.post(path, { way: 'date', from: null })
    await visitor.post(path, { way: 'date' })
    assert.isEmpty(await runs())
    await visitor.post(path, { way: 'beginning', from: null })
    assert.lengthOf(await runs(), 1)
  })
})
