import type { Page } from 'playwright'
import { baseUrl } from '#tests/support/base_url'

/** Collects what a page must not do: complain in the console, throw, or ask another host. */
export function watchPage(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(baseUrl()) && !url.startsWith('data:')) complaints.push(`asked ${url}`)
  })
  return complaints
}
