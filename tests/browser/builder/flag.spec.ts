import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { queueRun } from '#domain/runs/start_run'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { givenFlaggedOrders } from '#tests/support/flagged_orders'
import type { FlaggedOrders } from '#tests/support/flagged_orders'
import { withTestRunners } from '#tests/support/with_test_runners'

const missing = await mariadbMissing()

async function chooseFlag(page: Page, look: (name: string) => Promise<void>) {
  await byTest(page, 'edit-service').click()
  await byTest(page, 'step-source').click()
  await byTest(page, 'flag-field').waitFor()
  await look('boolean')
  await byTest(page, 'incremental').selectOption('')
  await byTest(page, 'flag').waitFor({ state: 'detached' })
  await byTest(page, 'incremental').selectOption('flag')
  await byTest(page, 'step-review').click()
  await page.getByText('Choose the field that is the flag.').first().waitFor()
  await byTest(page, 'step-source').click()
  await page.getByRole('button', { name: 'Look again' }).click()
  await byTest(page, 'flag-field').selectOption('sent')
  await byTest(page, 'step-review').click()
  await page.getByText("Say what 'sent' holds when a record has arrived").first().waitFor()
  await byTest(page, 'step-source').click()
  await look('text')
  await byTest(page, 'flag-set').fill('yes')
  await byTest(page, 'step-review').click()
  await byTest(page, 'sound').waitFor()
}

/** A run that could not flag some of its records. */
async function givenTroubledRun({ service }: FlaggedOrders): Promise<string> {
  const run = await queueRun(service, { trigger: 'manual', requestedBy: null })
  const counts = { set: 10, unset: 0, changed: 2, gone: 0, left: 5 }
  const flags = { field: 'synced', ...counts, problem: 'The database went away' }
  await run.merge({ state: 'succeeded', flags }).save()
  return run.id
}

test.group('A sync flag in the builder', (group) => {
  group.each.skip(missing !== null, missing ?? undefined)

  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    test(`is chosen, told and saved at ${width}`, async ({ browser, assert, cleanup }) => {
      const house = await givenFlaggedOrders({ on: 'mysql', records: 3 })
      cleanup(() => house.close())
      await withTestRunners(async () => {
        await house.sql.query('ALTER TABLE orders ADD sent VARCHAR(3)')
        const context = await browser.newContext({
          baseURL: baseUrl(),
          viewport: { width, height: 900 },
          colorScheme: scheme,
        })
        cleanup(() => context.close())
        const user = await givenUser({ tenant: house.tenant, role: 'builder' })
        const page = await signInAs(context, user)
        const complaints = watchPage(page)
        const barriers: string[] = []
        const look = async (name: string) => {
          if (process.env.SHOTS) {
            const path = `${process.env.SHOTS}/flag-${name}-${scheme}-${width}.png`
            await page.screenshot({ path, fullPage: true })
          }
          const found = await findBarriers(page)
          barriers.push(...found.map((barrier) => `${name}: ${barrier}`))
        }
        await page.goto(`/t/${house.tenant.slug}/services/${house.service.id}`)
        await page.getByText('only what has not arrived yet, by the flag synced').waitFor()
        await chooseFlag(page, look)
        const said = await byTest(page, 'sentences').innerText()
        assert.include(said, 'what has not arrived yet, by the flag sent')
        await byTest(page, 'save-enable').click()
        await page.getByText('is saved as revision 2').waitFor()
        await page.getByText('by the flag sent (set: yes)').waitFor()
        await look('service')
        await house.service.refresh()
        const { definition } = await house.service.currentRevision()
        assert.deepEqual(definition.source.flag, { field: 'sent', set: 'yes' })

        const run = await givenTroubledRun(house)
        await page.goto(`/t/${house.tenant.slug}/runs/${run}`)
        await byTest(page, 'flags').getByText('synced could not be written for 5 records').waitFor()
        await look('run')
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
      })
    }).timeout(180_000)
  }
})
