import { test } from '@japa/runner'
import { reportRun } from '#domain/runs/run_report'
import { startRun } from '#domain/runs/start_run'
import { previewService } from '#domain/services/preview_service'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const request = { trigger: 'manual' as const, requestedBy: null }
const incremental = { by: 'modified' as const, column: 'updated_at' }
const SAID = /^3 records of .+ hold nothing in updated_at, .+ never read/

test.group('Records without a value in the incremental field', () => {
  test('are counted in the preview, the report and on the page of the run', async ({ assert }) => {
    const house = await givenShopToZoho({ records: 20, incremental })
    house.shop.prepare('update orders set updated_at = null where id <= 3').run()
    await withTestRunners(async (dispatcher) => {
      const { notes } = await previewService(await house.service.refresh(), 10)
      assert.lengthOf(
        notes.filter((note) => SAID.test(note)),
        1
      )
      const run = await untilOver(await startRun(house.service, request), dispatcher)
      assert.containSubset(run, { state: 'succeeded', created: 17, withoutCursor: 3 })
      const report = await reportRun(run)
      assert.match(String(report.warning), SAID)
      const user = await givenUser({ tenant: house.tenant, role: 'viewer' })
      const visitor = await Visitor.signedInAs(user)
      const page = await visitor.pageAt(`/t/${house.tenant.slug}/runs/${run.id}`)
      assert.match(String(Reflect.get(Object(page?.props.run), 'unseen')), SAID)

      house.shop.prepare('update orders set updated_at = ?').run('2026-11-02T08:00:00Z')
      const next = await untilOver(await startRun(house.service, request), dispatcher)
      assert.containSubset(next, { created: 3, withoutCursor: 0 })
      const { warning } = await reportRun(next)
      assert.isUndefined(warning)
    })
    await house.close()
  }).timeout(60_000)
})
