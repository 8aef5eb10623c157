import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { baseUrl } from '#tests/support/base_url'

/** A person with a browser, light at a desk and dark on a phone, who looks at each page they come to. */
export async function startWalker(browser: Browser, width: number) {
  const colorScheme = width < 500 ? 'dark' : 'light'
  const context = await browser.newContext({
    baseURL: baseUrl(),
    viewport: { width, height: 900 },
    colorScheme,
  })
  const page = await context.newPage()
  const barriers: string[] = []
  let steps = 0

  async function keepShots(name: string): Promise<void> {
    const folder = process.env.CROSSDOCK_SCREENSHOTS
    if (!folder) return
    mkdirSync(folder, { recursive: true })
    const number = String(steps).padStart(2, '0')
    const path = `${folder}/${width}-${number}-${name}.png`
    await page.screenshot({ path, fullPage: true })
  }

  return {
    ...{ page, barriers },
    /** What this page keeps from people, and whether it scrolls sideways. */
    async look(name: string): Promise<void> {
      steps += 1
      await page.mouse.move(0, 0)
      const over: number = await page.evaluate(
        'document.documentElement.scrollWidth - window.innerWidth'
      )
      if (over > 0) barriers.push(`${name} scrolls sideways`)
      const found = await findBarriers(page)
      barriers.push(...found.map((barrier) => `${name}: ${barrier}`))
      await keepShots(name)
    },
    press: (name: string | RegExp) =>
      page.getByRole('button', { name, exact: true }).first().click(),
    follow: (name: string | RegExp) =>
      page.getByRole('link', { name, exact: true }).first().click(),
    /** By the navigation, which a phone hides behind a button. */
    async goTo(name: string): Promise<void> {
      if (width < 500) await page.getByRole('button', { name: 'Open the navigation' }).click()
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
    },
    /** Where the person got stuck is kept to be seen. */
    async close(): Promise<void> {
      await keepShots('last-sight')
      await context.close()
    },
  }
}

export type Walker = Awaited<ReturnType<typeof startWalker>>
