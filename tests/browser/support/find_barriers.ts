import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

interface Violation {
  id: string
  nodes: Array<{ target: string[]; any: Array<{ message: string }> }>
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const settled = `Promise.allSettled(
  document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished)
).then(() => undefined)`

/** What keeps people out who use a keyboard, a screen reader or need contrast (WCAG 2.1 A and AA). */
export async function findBarriers(page: Page): Promise<string[]> {
  // What fades in has too little contrast on its way.
  await page.evaluate(settled)
  await page.evaluate(source)
  const violations: Violation[] = await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }).then((r) => r.violations)`
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`)
  )
}
