import type { Browser } from 'playwright'
import type User from '#domain/tenants/user'
import { baseUrl } from '#tests/support/base_url'
import { findBarriers } from './find_barriers.js'
import { signInAs } from './sign_in_as.js'
import { watchPage } from './watch_page.js'

/** Signed in, light at a desk and dark on a phone; what is in people's way is gathered. */
export async function lookAround(browser: Browser, user: User, width: number) {
  const context = await browser.newContext({
    baseURL: baseUrl(),
    viewport: { width, height: 900 },
    colorScheme: width < 500 ? 'dark' : 'light',
  })
  const page = await signInAs(context, user)
  const barriers: string[] = []
  return {
    ...{ context, page, barriers, complaints: watchPage(page) },
    async look(name: string): Promise<void> {
      await page.mouse.move(0, 0)
      const over: number = await page.evaluate(
        'document.documentElement.scrollWidth - window.innerWidth'
      )
      if (over > 0) barriers.push(`${name} scrolls sideways`)
      const found = await findBarriers(page)
      barriers.push(...found.map((barrier) => `${name}: ${barrier}`))
      const folder = process.env.CROSSDOCK_SCREENSHOTS
      if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
    },
  }
}
