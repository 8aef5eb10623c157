import { test } from '@japa/runner'
import Connection from '#domain/connections/connection'
import Run from '#domain/runs/run'
import RunRequest from '#domain/runs/run_request'
import Service from '#domain/services/service'
import Tenant from '#domain/tenants/tenant'
import { givenDeadLetter, givenRun, givenService, givenTenant } from '#tests/support/app'
import { givenRequest } from '#tests/support/given_request'

test.group('A tenant that is deleted', () => {
  test('takes all that is its own along, services before their connections', async ({ assert }) => {
    const [gone, stays] = [await givenTenant(), await givenTenant()]
    for (const tenant of [gone, stays]) {
      const run = await givenRun(await givenService(tenant))
      await givenDeadLetter(run)
      await givenRequest({}, run)
    }
    await gone.delete()
    for (const model of [Connection, Service, Run, RunRequest]) {
      const of = async ({ id }: Tenant) => {
        const rows = await model.query().where('tenantId', id)
        return rows.length
      }
      assert.equal(await of(gone), 0, model.table)
      assert.isAbove(await of(stays), 0, model.table)
    }
    assert.isNull(await Tenant.find(gone.id))
  })
})
