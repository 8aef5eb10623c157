import type { Walker } from './walker.js'

const ended = (state: string) => `[data-test="status"][data-state="${state}"]`

/** Runs what the preview showed; then all, which three records do not pass. */
export async function runImport({ page, look, press }: Walker): Promise<void> {
  await page.getByRole('button', { name: /^Apply \d+ changes/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click()
  await page.waitForURL('**/runs/*')
  await page.locator(ended('succeeded')).first().waitFor()
  await look('applied')
  await press('Run now')
  await page.locator(ended('partial')).first().waitFor()
  await page.getByRole('heading', { name: 'What to mend' }).waitFor()
  await look('partial')
}

/** A date that is in no calendar: one record by itself. */
export async function mendOne({ page, look, press, follow }: Walker): Promise<void> {
  await follow('1 open record')
  await page.getByRole('heading', { name: 'Failed records' }).waitFor()
  await look('letters')
  await follow('17')
  await look('letter')
  await follow('Edit and send')
  await page.getByLabel(/ordered_at/).fill('2026-03-01 10:00:00')
  await look('letter-edit')
  await press('Check and send')
  await page.locator(ended('succeeded')).first().waitFor()
  await look('mended')
}

/** Two records without a mail address: both at once. */
export async function mendGroup({ page, look, press, follow }: Walker): Promise<void> {
  await follow('orders-to-deals')
  await follow('Failed records')
  await follow('Edit as a group')
  await page.getByLabel('New value').fill('orders@example.com')
  await look('group-edit')
  await press('Check and send 2')
  await page.getByText('Replay of 2 failed records').waitFor()
  await page.locator(ended('succeeded')).first().waitFor()
  await follow('orders-to-deals')
  await follow('Failed records')
  await page.getByText('No open failed records').waitFor()
  await look('nothing-left')
}
