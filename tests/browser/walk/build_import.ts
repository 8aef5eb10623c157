import type { Locator, Page } from 'playwright'
import type { House } from './house.js'
import type { Walker } from './walker.js'

export const rowOf = (page: Page, field: string): Locator =>
  page
    .getByRole('list', { name: 'Target fields that are filled' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: new RegExp(`^(Edit|Close) ${field}$`) }) })

/** Opens a row that is filled already, or fills it. */
export async function openRow(page: Page, field: string): Promise<Locator> {
  const row = rowOf(page, field)
  const fill = page.getByRole('button', { name: `Fill ${field}`, exact: true })
  await row.or(fill).first().waitFor()
  if (await row.isVisible()) await row.getByRole('button', { name: `Edit ${field}` }).click()
  else await fill.click()
  return row
}

async function chooseEnds({ page, look, press, follow }: Walker): Promise<void> {
  await follow('New service')
  await page.getByRole('button', { name: /An import from nothing/ }).waitFor()
  await look('new-service')
  await press(/An import from nothing/)
  await page.getByRole('radio', { name: /Import/ }).waitFor()
  await look('kind')
  await press('Next')
  await page.getByLabel('Connection').selectOption('shop')
  await page.getByLabel('Records of').selectOption('orders')
  await page.getByRole('textbox', { name: 'Only records where' }).fill('status != "cancelled"')
  await look('source')
  await press('Next')
  await page.getByLabel('Connection').selectOption('zoho')
  await page.getByLabel('Records of').selectOption('Deals')
  await page.getByText(/\d+ fields/).waitFor()
  await look('target')
  await press('Next')
}

async function fillRows({ page, look }: Walker): Promise<void> {
  await rowOf(page, 'Order Ref').waitFor()
  await look('proposed')
  const name = await openRow(page, 'Deal Name')
  await name.getByLabel('It comes from').selectOption('a formula')
  await name.getByLabel('Formula', { exact: true }).fill('source.number + " " + upper(source.city)')
  await page
    .getByLabel('What real records give in Deal Name')
    .getByText(/^SO-0+1 /)
    .waitFor()
  await look('formula')
  const stage = await openRow(page, 'Stage')
  await stage.getByLabel('It comes from').selectOption('the first condition that holds')
  await stage.getByLabel('Condition 1', { exact: true }).fill('source.status == "shipped"')
  await stage.getByLabel('Value of condition 1').selectOption('Closed Won')
  await stage.getByLabel('Where that is empty').selectOption('Qualification')
  await look('condition')
  const account = await openRow(page, 'Account Name')
  await account.getByLabel('Source field for Account Name').selectOption('customer_number')
  await account.getByLabel('Find the other record by').selectOption('Account_Number')
  await look('lookup')
}

/** From the dashboard to a preview of a service that nobody has made before. */
export async function buildImport(walker: Walker, { simulator }: House): Promise<void> {
  const { page, look, press, goTo } = walker
  await goTo('Dashboard')
  await chooseEnds(walker)
  await fillRows(walker)
  await press('Next')
  await page.getByRole('checkbox', { name: 'Order Ref', checked: true }).waitFor()
  await look('matching')
  await press('Next')
  await look('triggers')
  await press('Next')
  await page.getByText('It fits both ends and can be saved.').waitFor()
  await look('review')
  await press('Save and preview')
  await page.waitForURL('**/previews/*')
  await page.getByRole('heading', { name: 'Preview' }).waitFor()
  await look('preview')
  if (simulator.stats().modules.Deals?.records) throw new Error('A preview wrote deals')
}
