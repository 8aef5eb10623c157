import { test } from '@japa/runner'
import { applyService } from '#domain/services/apply_service'
import { parseService } from '#domain/services/service_file'
import { byTest } from '#tests/browser/support/sign_in_as'
import { lookAround } from '#tests/browser/support/look_around'
import { givenUser } from '#tests/support/app'
import { givenShopToTables, TABLES_MISSING } from '#tests/support/given_tables'
import { withTestRunners } from '#tests/support/with_test_runners'

const missing = TABLES_MISSING.postgres

async function givenPairing() {
  const house = await givenShopToTables('postgres')
  house.shop.exec('create table people (id integer primary key, mail text)')
  await house.sql('CREATE TABLE contacts (id int PRIMARY KEY, mail text, made date)')
  const wanted = await parseService(
    {
      name: 'pairing',
      kind: 'import',
      source: { connection: 'shop', stream: 'people' },
      target: {
        ...{ connection: 'warehouse', stream: 'contacts', operation: 'upsert' },
        match: { by: 'search', any: [['mail']] },
      },
      mapping: [
        { to: 'id', from: 'id' },
        { to: 'mail', from: 'mail' },
      ],
    },
    'pairing.yaml'
  )
  const { service } = await withTestRunners(() =>
    applyService(house.tenant, wanted, { userId: null })
  )
  const user = await givenUser({ tenant: house.tenant, role: 'builder' })
  return { house, service, user, path: `/t/${house.tenant.slug}/services/${service.id}` }
}

test.group('Matching by a search in a table', () => {
  for (const width of [1440, 390]) {
    test(`asks for the column that tells the oldest: ${width} px`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      const { house, service, user, path } = await givenPairing()
      cleanup(() => house.close())
      await withTestRunners(async () => {
        const { page, look, barriers, complaints, context } = await lookAround(browser, user, width)
        await page.goto(path)
        await byTest(page, 'edit-service').click()
        await byTest(page, 'step-matching').click()
        await byTest(page, 'search-many').selectOption('oldest')
        await byTest(page, 'search-created').selectOption('made')
        await look('search-table')
        await byTest(page, 'step-review').click()
        await byTest(page, 'sound').waitFor()
        assert.include(await byTest(page, 'sentences').innerText(), 'it takes the oldest by made')
        await byTest(page, 'save-preview').click()
        await page.waitForURL('**/previews/*')
        await service.refresh()
        const { definition } = await service.currentRevision()
        assert.containSubset(definition.target.match, { many: 'oldest', created: 'made' })
        assert.deepEqual(barriers, [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
    })
      .timeout(120_000)
      .skip(missing !== null, missing ?? '')
  }
})
