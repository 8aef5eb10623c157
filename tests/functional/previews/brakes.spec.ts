import { test } from '@japa/runner'
import { recordsRead } from '#engine/counters'
import AuditEvent from '#domain/audit/audit_event'
import { cancelRun } from '#domain/runs/cancel_run'
import type { Dispatcher } from '#domain/runs/dispatcher'
import type Run from '#domain/runs/run'
import { queueRun, startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const RECORDS = 40

async function givenBraked(brakes: ServiceDefinition['brakes']) {
  const house = await givenShopToZoho({ records: RECORDS, simulator: { seed: 9100 } })
  const definition = { ...orderDefinition({ records: 0 }), brakes }
  await withTestRunners(() => applyService(house.tenant, definition, { userId: null }))
  await house.service.refresh()
  return house
}

const start = (service: Service) => queueRun(service, { trigger: 'manual', requestedBy: null })

async function untilHeld(run: Run, dispatcher: Dispatcher): Promise<void> {
  dispatcher.ring()
  await until('the brake strikes', async () => {
    await run.refresh()
    return run.state === 'held'
  })
}

test.group('A brake', () => {
  test('stops a run before it writes, and lets it go on when a person says so', async ({
    assert,
  }) => {
    const house = await givenBraked({ changes: { records: RECORDS - 1 } })
    const { tenant, simulator } = house
    const run = await start(house.service)
    await withTestRunners((dispatcher) => untilHeld(run, dispatcher))
    assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)
    assert.equal(run.waitReason, 'Of all 40 records 40 would change, where 39 may')
    assert.equal(run.brake?.changes, RECORDS)
    const again = await startRun(house.service, { trigger: 'manual', requestedBy: null })
    assert.equal(again.id, run.id)

    const address = `/t/${tenant.slug}/runs/${run.id}/brake-release`
    const viewer = await givenUser({ tenant, role: 'viewer' })
    const onlooker = await Visitor.signedInAs(viewer)
    const refusal = await onlooker.post(address)
    assert.equal(refusal.status, 403)
    const user = await givenUser({ tenant })
    const visitor = await Visitor.signedInAs(user)
    const page = await visitor.get(`/t/${tenant.slug}/runs/${run.id}`)
    assert.match(JSON.stringify(page.page?.props), /40 would change, where 39 may/)
    await visitor.post(address)
    await withTestRunners((dispatcher) => untilOver(run, dispatcher))
    assert.equal(run.state, 'succeeded', run.errorMessage ?? '')
    assert.equal(run.created, RECORDS)
    assert.equal(simulator.stats().modules.Deals?.records, RECORDS)
    const said = await AuditEvent.query()
      .where('subject', run.id)
      .where('action', 'run.brake_released')
    assert.deepEqual(
      said.map(({ userId }) => userId),
      [user.id]
    )
    await house.close()
  }).timeout(60_000)

  test('takes a part of what the service has in its target, and a held run can be cancelled', async ({
    assert,
  }) => {
    const house = await givenBraked({ changes: { percent: 10 } })
    const first = await start(house.service)
    await withTestRunners((dispatcher) => untilOver(first, dispatcher))
    assert.equal(first.created, RECORDS, 'nothing was known, so there is no part of it')

    house.shop.exec("update orders set total = '1.00' where id <= 5")
    const second = await start(house.service)
    await withTestRunners((dispatcher) => untilHeld(second, dispatcher))
    assert.match(second.waitReason ?? '', /5 would change, where 4 may/)
    await cancelRun(second, null)
    await second.refresh()
    assert.equal(second.state, 'cancelled')

    house.shop.exec("update orders set total = '5.25' where id = 5")
    const third = await start(house.service)
    await withTestRunners((dispatcher) => untilOver(third, dispatcher))
    assert.equal(third.state, 'succeeded', third.errorMessage ?? '')
    assert.equal(third.updated, 4)
    assert.equal(recordsRead(third.counters), RECORDS)
    await house.close()
  }).timeout(60_000)
})
