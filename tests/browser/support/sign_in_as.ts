import type { BrowserContext, Page } from 'playwright'
import type User from '#domain/tenants/user'
import { PASSWORD } from '#tests/support/app'

export const byTest = (page: Page, name: string) => page.locator(`[data-test="${name}"]`)

/** Signs in by the form and answers with the page that follows. */
export async function signInAs(context: BrowserContext, user: User): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/login')
  await byTest(page, 'email').fill(user.email)
  await byTest(page, 'password').fill(PASSWORD)
  await byTest(page, 'submit').click()
  await page.waitForURL((url) => url.pathname !== '/login')
  return page
}
