import type { BrowserContext, Page } from 'playwright'
import type User from '#domain/tenants/user'
import { baseUrl } from '#tests/support/base_url'
import { Visitor } from '#tests/support/visitor'

export const byTest = (page: Page, name: string) => page.locator(`[data-test="${name}"]`)

/** Signs in without the form, and answers with a page that shows nothing yet. */
export async function signInAs(context: BrowserContext, user: User): Promise<Page> {
  const { cookieList } = await Visitor.signedInAs(user)
  await context.addCookies(cookieList.map((cookie) => ({ ...cookie, url: baseUrl() })))
  return context.newPage()
}
