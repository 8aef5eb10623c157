import { test } from '@japa/runner'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { withTestRunners } from '#tests/support/with_test_runners'
import { watchPage } from '#tests/browser/support/watch_page'
import { buildImport } from './build_import.js'
import { connectMysql, connectZoho, signIn } from './connect.js'
import { openHouse } from './house.js'
import { buildExport, grantScopes, readNotifications, renameDeal } from './export_back.js'
import { editOrder, schedule } from './keep_in_step.js'
import { mendGroup, mendOne, runImport } from './mend_records.js'
import { startWalker } from './walker.js'

const missing = await mariadbMissing()

test.group('A new user', () => {
  for (const width of [1440, 390]) {
    test(`gets from nothing to a service in both directions: ${width} px`, async ({
      browser,
      assert,
      cleanup,
    }) => {
      const house = await openHouse(4100 + width)
      cleanup(() => house.close())
      const walker = await startWalker(browser, width)
      cleanup(() => walker.close())
      await withTestRunners(async (dispatcher) => {
        await signIn(walker, house)
        await connectZoho(walker, house)
        const complaints = watchPage(walker.page)
        await connectMysql(walker, house)
        await buildImport(walker, house)
        await runImport(walker)
        await mendOne(walker)
        await mendGroup(walker)
        await schedule(walker)
        assert.deepEqual(await editOrder(walker, house, dispatcher), ['update', '99.5'])
        await buildExport(walker)
        await readNotifications(walker, house, dispatcher)
        assert.deepEqual(complaints, [])
        await grantScopes(walker, house, dispatcher)
        await renameDeal(walker, house, dispatcher)
      })
      assert.deepEqual(walker.barriers, [])
    })
      .timeout(900_000)
      .skip(missing !== null, missing ?? '')
  }
})
