import { PASSWORD } from '#tests/support/app'
import type { House } from './house.js'
import type { Walker } from './walker.js'

export async function signIn({ page, look }: Walker, { user, tenant }: House): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Email').waitFor()
  await look('sign-in')
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**/t/${tenant.slug}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look('first-sight')
}

export async function connectZoho(walker: Walker, { simulator }: House): Promise<void> {
  const { page, look, press, follow } = walker
  await follow('Make a connection')
  await page.getByRole('heading', { name: 'New connection' }).waitFor()
  await look('connectors')
  await follow(/^Zoho CRM/)
  await page.getByLabel('Name', { exact: true }).fill('zoho')
  await page.getByText('Show them').click()
  await page.getByLabel('Accounts address').fill(simulator.url)
  await page.getByLabel('Upload address').fill(simulator.url)
  await page.getByLabel('Client id').fill(simulator.options.clientId)
  await page.getByLabel('Client secret').fill(simulator.options.clientSecret)
  await look('zoho-form')
  await press('Go to the consent page')
  await page.getByRole('button', { name: 'Accept' }).waitFor()
  await look('zoho-consent')
  await press('Accept')
  await page.waitForURL(/\/connections\/[^/]+$/)
  await page.locator('[data-test="status"][data-state="ok"]').first().waitFor()
  await look('zoho-connected')
}

export async function connectMysql(walker: Walker, { mysql }: House): Promise<void> {
  const { page, look, press, follow, goTo } = walker
  await goTo('Dashboard')
  await look('one-connection')
  await follow('Make a connection')
  await follow(/^MySQL/)
  await page.getByLabel('Name', { exact: true }).fill('shop')
  for (const [label, value] of Object.entries(mysql)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  await press('Test')
  await page
    .getByText(/Connected|reached/)
    .first()
    .waitFor()
  await look('mysql-form')
  await press('Save')
  await page.waitForURL(/\/connections\/[^/]+$/)
  await look('mysql-connected')
}
