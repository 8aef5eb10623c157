import type { Dispatcher } from '#domain/runs/dispatcher'
import { until } from '#tests/support/until'
import { rowOf } from './build_import.js'
import type { House } from './house.js'
import type { Walker } from './walker.js'

/** Longer than a channel that is refused waits for its next try. */
const LATER = 20 * 60_000

export async function buildExport(walker: Walker): Promise<void> {
  const { page, look, press, follow, goTo } = walker
  await goTo('Services')
  await look('services')
  await follow('New service')
  await page.getByRole('button', { name: /An export from nothing/ }).click()
  await page.getByRole('radio', { name: /Export/ }).waitFor()
  await press('Next')
  await page.getByLabel('Connection').selectOption('zoho')
  await page.getByLabel('Records of').selectOption('Deals')
  await press('Next')
  await page.getByLabel('Connection').selectOption('shop')
  await page.getByLabel('Records of').selectOption('crm_deals')
  await press('Next')
  await rowOf(page, 'deal_name').waitFor()
  await look('export-proposed')
  await rowOf(page, 'crm_id').waitFor()
  await press('Next')
  await page.getByRole('checkbox', { name: 'crm_id', checked: true }).waitFor()
  await press('Next')
  await page.getByRole('switch', { name: 'By changes in the source' }).click()
  await page.getByRole('checkbox', { name: 'A record is created' }).uncheck()
  await page.getByLabel('Or at once, at so many records').fill('1')
  await look('export-trigger')
  await press('Next')
  await page.getByText('It fits both ends and can be saved.').waitFor()
  await look('export-review')
  await press('Save and enable')
  await page.getByRole('heading', { level: 1, name: 'deals-to-crm-deals' }).waitFor()
  await page.getByText('It lacks ZohoCRM.notifications.ALL.').waitFor()
  await look('export-saved')
}

/** The org was not asked to tell of changes at first: the pages say so, and lead to where it is mended. */
export async function readNotifications(
  { look, follow, page, goTo }: Walker,
  house: House,
  dispatcher: Dispatcher
): Promise<void> {
  await house.tick(Date.now(), dispatcher)
  await goTo('Notifications')
  await look('notifications')
  await page.getByRole('link', { name: 'See the connection zoho' }).waitFor()
  await goTo('Services')
  await follow('deals-to-crm-deals')
  await follow('Grant it at zoho')
  await page.getByRole('heading', { name: 'Missing' }).waitFor()
  await look('missing-scopes')
}

export async function grantScopes(
  { page, look, press, goTo }: Walker,
  house: House,
  dispatcher: Dispatcher
): Promise<void> {
  await press('Grant the missing scopes')
  await press('Accept')
  await page.waitForURL(/\/connections\/[^/]+$/)
  await house.tick(Date.now() + LATER, dispatcher)
  await goTo('Notifications')
  await page.getByText('Told', { exact: true }).waitFor()
  await look('told')
}

/** Somebody renames a deal in Zoho; resolves when the shop's database has its name. */
export async function renameDeal(
  { page, look, goTo }: Walker,
  { simulator, shop, tick }: House,
  dispatcher: Dispatcher
): Promise<void> {
  const id = simulator.ledger().findLast(({ module }) => module === 'Deals')?.id
  const name = 'Renamed in Zoho'
  const records = [{ id, Deal_Name: name }]
  simulator.edit({ module: 'Deals', operation: 'edit', records })
  await until('the new name in MySQL', async () => {
    await tick(Date.now() + LATER, dispatcher)
    const wanted = 'select 1 from crm_deals where crm_id = ? and deal_name = ?'
    const [rows] = await shop.query(wanted, [id, name])
    return Array.isArray(rows) && rows.length === 1
  })
  await goTo('Execution history')
  await page.getByRole('row').filter({ hasText: 'deals-to-crm-deals' }).first().waitFor()
  await look('exported')
}
