import { test } from '@japa/runner'
import Run from '#domain/runs/run'
import { queueRun } from '#domain/runs/start_run'
import { byTest } from '#tests/browser/support/sign_in_as'
import { lookAround } from '#tests/browser/support/look_around'
import { givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

const LATE = '2026-11-15T08:00:00Z'

test.group('A service that reads what changed', () => {
  for (const width of [1440, 390]) {
    test(`is synced from a date, and from the beginning: ${width} px`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      const incremental = { by: 'modified' as const, column: 'updated_at' }
      const house = await givenShopToZoho({ records: 6, incremental })
      cleanup(() => house.close())
      house.shop.exec(`update orders set updated_at = '${LATE}' where id < 3`)
      const user = await givenUser({ tenant: house.tenant })
      const path = `/t/${house.tenant.slug}/services/${house.service.id}`
      await withTestRunners(async (dispatcher) => {
        const manual = { trigger: 'manual' as const, requestedBy: null }
        await untilOver(await queueRun(house.service, manual), dispatcher)
        const { page, look, barriers, complaints, context } = await lookAround(browser, user, width)
        async function syncFrom(way: string, at?: string): Promise<number> {
          await page.goto(path)
          await byTest(page, 'service-menu').press('Enter')
          await page.getByRole('menuitem', { name: 'Sync again from' }).press('Enter')
          await page.getByRole('radio', { name: way }).click()
          if (at) await byTest(page, 'sync-at').fill(at)
          await look(`sync-${way}`)
          await byTest(page, 'sync-start').click()
          await page.waitForURL('**/runs/*')
          const run = await Run.findOrFail(new URL(page.url()).pathname.split('/').at(-1))
          await untilOver(run, dispatcher)
          assert.equal(run.state, 'succeeded')
          assert.equal(run.created + run.updated, 0)
          return run.unchanged
        }
        assert.equal(await syncFrom('From a date', '2026-11-10T00:00'), 2)
        assert.equal(await syncFrom('From the beginning'), 6)
        await house.service.refresh()
        assert.include(String(house.service.position), '2026-11-15')
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
    }).timeout(120_000)
  }
})
