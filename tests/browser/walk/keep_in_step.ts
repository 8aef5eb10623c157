import type { Dispatcher } from '#domain/runs/dispatcher'
import type { House } from './house.js'
import type { Walker } from './walker.js'

const MINUTE = 60_000
const succeeded = '[data-test="status"][data-state="succeeded"]'

/** On the page of the failed records: to the service, and what starts it. */
export async function schedule({ page, look, press, follow }: Walker): Promise<void> {
  await follow('orders-to-deals')
  await press('Edit')
  await page.getByRole('button', { name: /Triggers$/ }).click()
  await page.getByRole('switch', { name: 'By a schedule' }).click()
  await page.getByLabel('Every', { exact: true }).fill('5')
  await page.getByRole('list', { name: 'The next runs' }).getByRole('listitem').nth(9).waitFor()
  await look('schedule')
  await page.getByRole('button', { name: /Review$/ }).click()
  await page.getByText('It fits both ends and can be saved.').waitFor()
  await press('Save')
  await page.getByText('is saved as revision 2').waitFor()
  await page.getByText('every 5 minutes').waitFor()
  await look('scheduled')
}

/** Somebody changes an order, and mends at its source what was mended on its way. */
export async function editOrder(
  { page, look, goTo }: Walker,
  house: House,
  dispatcher: Dispatcher
): Promise<string[]> {
  const edits = [
    'update orders set total = 99.50, updated_at = now(6) where id = 2',
    "update orders set ordered_at = '2026-03-01 10:00:00' where id = 17",
    "update orders set customer_email = 'orders@example.com' where id in (5, 13)",
  ]
  for (const edit of edits) await house.shop.query(edit)
  await house.tick(Date.now() + 6 * MINUTE, dispatcher)
  await goTo('Execution history')
  await page.getByRole('row').filter({ hasText: 'schedule' }).getByRole('link').first().click()
  await page.waitForURL('**/runs/*')
  await page.locator(succeeded).first().waitFor()
  await look('scheduled-run')
  const written = house.simulator.ledger({ records: true }).at(-1)
  return [String(written?.action), String(written?.record?.Amount)]
}
