import { test } from '@japa/runner'
import { reportLines } from '#commands/report_lines'
import { approvePreview } from '#domain/runs/approve_preview'
import { releaseBrake } from '#domain/runs/brake_release'
import DeadLetter from '#domain/runs/dead_letter'
import type Run from '#domain/runs/run'
import { reportRun } from '#domain/runs/run_report'
import { queueRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import { makePreview } from '#domain/services/make_preview'
import Preview from '#domain/services/preview'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho, orderDefinition } from '#tests/support/shop_to_zoho'
import { until } from '#tests/support/until'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

const SAID = '2 records had changed since the preview that was approved, so they were planned again'

async function givenHouse(seed: number, brakes?: ServiceDefinition['brakes']) {
  const house = await givenShopToZoho({ records: 10, simulator: { seed } })
  if (brakes !== undefined) {
    const definition = { ...orderDefinition({ records: 0 }), brakes }
    await withTestRunners(() => applyService(house.tenant, definition, { userId: null }))
    await house.service.refresh()
  }
  const user = await givenUser({ tenant: house.tenant })
  return { ...house, user, visitor: await Visitor.signedInAs(user) }
}

const preview = (service: Service) => withTestRunners(() => makePreview(service, null))

async function carryOut(run: Run, state: Run['state'] = 'succeeded'): Promise<Run> {
  await withTestRunners((dispatcher) =>
    until(`the run is ${state}`, async () => {
      dispatcher.ring()
      await run.refresh()
      if (run.isFinal && run.state !== state) throw new Error(`${run.state}: ${run.errorMessage}`)
      return run.state === state
    })
  )
  return run
}

test.group('A preview whose records have changed since', () => {
  test('is carried out with these as they are now, and says how many', async ({ assert }) => {
    const { service, shop, simulator, tenant, user, visitor, close } = await givenHouse(9210)
    const amountOf = (number: number) =>
      simulator.ledger({ records: true }).find(({ record }) => record?.Order_Ref === `SO-${number}`)
        ?.record?.Amount
    const made = await preview(service)
    shop.exec("update orders set total = '77.50' where id = 2")
    shop.exec("update orders set total = 'much' where id = 4")
    shop.exec('delete from orders where id = 5')
    shop.exec(
      "insert into orders select 11, 'SO-11', customer, total, status, updated_at from orders where id = 1"
    )
    const run = await carryOut(await approvePreview(made, user.id), 'partial')
    assert.containSubset(run, { created: 8, rejected: 1, plannedAgain: 2 })
    assert.deepEqual([2, 3, 5, 11].map(amountOf), [77.5, 3.25, undefined, undefined])
    const letter = await DeadLetter.query().where('runId', run.id).firstOrFail()
    assert.deepEqual([letter.sourceKey, letter.code], ['4', 'NOT_A_DECIMAL'])

    const report = await reportRun(run)
    assert.equal(report.plannedAgain, 2)
    assert.include(reportLines(report).join('\n'), SAID)
    const page = await visitor.pageAt(`/t/${tenant.slug}/runs/${run.id}`)
    assert.include(String(Reflect.get(Object(page?.props.run), 'plannedAgain')), SAID)
    const { body } = await visitor.get(`/t/${tenant.slug}/run-file`)
    const [head, line] = body.split('\r\n').map((each) => each.split(',').at(-1))
    assert.deepEqual([head, line], ['planned_again', '2'])

    const next = await queueRun(service, { trigger: 'manual', requestedBy: null })
    await carryOut(next, 'partial')
    assert.containSubset(next, { created: 1, unchanged: 8, rejected: 1, plannedAgain: 0 })
    assert.notProperty(await reportRun(next), 'plannedAgain')
    await close()
  }).timeout(60_000)

  test('asks where they are more than its brake lets pass', async ({ assert }) => {
    const house = await givenHouse(9211, { changes: { records: 2 } })
    const { service, shop, simulator, user } = house
    const made = await preview(service)
    shop.exec("update orders set total = '77.50' where id <= 3")
    const run = await carryOut(await approvePreview(made, user.id), 'held')
    assert.equal(
      run.waitReason,
      'Of all 10 records 3 that have changed since the preview would be written, where 2 may'
    )
    assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)
    await releaseBrake(run, user.id)
    await carryOut(run)
    assert.containSubset(run, { created: 10, plannedAgain: 3 })
    await house.close()
  }).timeout(60_000)

  test('is not carried out without its records', async ({ assert }) => {
    const { service, simulator, user, close } = await givenHouse(9212)
    const made = await preview(service)
    const run = await approvePreview(made, user.id)
    await Preview.query().where('id', made.id).delete()
    await carryOut(run, 'failed')
    assert.match(run.errorMessage ?? '', /The preview that this run carries out is gone/)
    assert.equal(simulator.stats().modules.Deals?.records ?? 0, 0)
    await close()
  }).timeout(60_000)
})
