import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import { zohoHosts } from '#config/zoho_hosts'
import Run from '#domain/runs/run'
import { baseUrl } from '#tests/support/base_url'
import { runCommand } from '#tests/support/run_command'
import { withZohoSelection } from '#tests/support/zoho_selection'
import type { ZohoSelection } from '#tests/support/zoho_selection'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest } from '#tests/browser/support/sign_in_as'
import { openZohoPage } from './zoho_page.js'
import type { Chosen } from './zoho_page.js'

const USER = { id: '42', full_name: 'Ada Lovelace' }

async function packed({ tenant }: ZohoSelection): Promise<Buffer> {
  const file = join(crossdock.dataRoot, 'extension.zip')
  const said = await runCommand(
    ...['zoho:extension', `--tenant=${tenant.slug}`, '--connection=source'],
    ...[`--out=${file}`, `--server=${baseUrl()}`]
  )
  if (said.code !== 0) throw new Error(said.stderr)
  return readFile(file)
}

/** A page of Zoho's with these records selected, which may frame ours. */
async function zohoPage(house: ZohoSelection, chosen: Chosen, org = house.org) {
  const zoho = await openZohoPage(await packed(house), { chosen, org, user: USER })
  zohoHosts.push(zoho.origin)
  return {
    ...zoho,
    async close() {
      zohoHosts.splice(zohoHosts.indexOf(zoho.origin), 1)
      await zoho.close()
    },
  }
}

test.group('manual export', () => {
  test('from a button in Zoho to records in the target', ({ browserContext, assert }) =>
    withZohoSelection(async (house) => {
      const ids = await house.person.create(3)
      const zoho = await zohoPage(house, { Entity: 'Deals', EntityId: ids })
      const page = await browserContext.newPage()
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      await zoho.visit(page)
      await page.getByRole('button', { name: 'Export' }).click()
      const widget = page.frameLocator('#widget')
      await widget.getByText('3 records selected').waitFor()

      const dashboard = widget.frameLocator('#dashboard')
      const part = (name: string) => dashboard.locator(`[data-test="${name}"]`)
      await part('price').waitFor()
      assert.match(await part('would-create').innerText(), /3$/)
      assert.match(await part('selected').innerText(), /3 records of Deals .* Ada Lovelace/)
      await part('execute').dblclick()
      await dashboard.getByText('Done. Every record is accounted for.').waitFor()
      const states = dashboard.locator('[data-test="record-state"][data-state="arrived"]')
      assert.equal(await states.count(), 3)
      await part('row').getByText('Deal 2').waitFor()
      assert.match(await part('count-created').innerText(), /3$/)

      const arrived = await house.other.names('Order_Ref')
      assert.sameMembers([...arrived.keys()], ids)
      const runs = await Run.query().where('serviceId', house.service.id)
      assert.lengthOf(runs, 1)
      assert.deepEqual(complaints, [])
      assert.deepEqual(await browserContext.cookies(baseUrl()), [])
      await zoho.close()
    })).timeout(120_000)

  test('one record comes as a text, and another org is refused in words', ({ browserContext }) =>
    withZohoSelection(async (house) => {
      const [id] = await house.person.create(1)
      const page = await browserContext.newPage()
      const sight = async (chosen: Chosen, org: string | undefined, words: string | RegExp) => {
        const zoho = await zohoPage(house, chosen, org)
        await zoho.visit(page)
        await page.getByRole('button', { name: 'Export' }).click()
        await page.frameLocator('#widget').getByText(words).waitFor()
        await zoho.close()
      }
      await sight({ Entity: 'Deals', EntityId: id }, undefined, '1 record selected')
      await sight({ Entity: 'Deals', EntityId: [id] }, '1', /of another org/)
      await sight({}, undefined, /No records are selected/)
    })).timeout(120_000)

  test('a page that is not Zoho’s cannot frame it', ({ browserContext, assert }) =>
    withZohoSelection(async (house) => {
      const path = await house.linkTo(await house.person.create(1))
      const stranger = await openZohoPage(await packed(house), {
        chosen: {},
        org: house.org,
        user: USER,
      })
      const page = await browserContext.newPage()
      await stranger.visit(page)
      const refusal = page.waitForEvent('console', (said) =>
        said.text().includes('frame-ancestors')
      )
      await page.evaluate(
        `document.querySelector('iframe').src = ${JSON.stringify(baseUrl() + path)}`
      )
      await refusal
      assert.equal(await page.frameLocator('#widget').locator('[data-test="selected"]').count(), 0)
      await stranger.close()
    })).timeout(120_000)

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`lets everybody in, on a phone too: ${colorScheme}`, ({ browser, assert }) =>
      withZohoSelection(async (house) => {
        const path = await house.linkTo([...(await house.person.create(2)), '71'])
        const viewport = { width: 390, height: 844 }
        const context = await browser.newContext({ baseURL: baseUrl(), viewport, colorScheme })
        const page = await context.newPage()
        const judge = async () => {
          assert.deepEqual(await findBarriers(page), [])
          const over: number = await page.evaluate(
            'document.documentElement.scrollWidth - window.innerWidth'
          )
          assert.isAtMost(over, 0)
        }
        await page.goto(path)
        await byTest(page, 'missing').waitFor()
        await judge()
        await byTest(page, 'execute').focus()
        await page.keyboard.press('Enter')
        await byTest(page, 'sentence').getByText('Done.').waitFor()
        await judge()
        await page.goto('/x/nothing')
        await byTest(page, 'closed').waitFor()
        await judge()
        await context.close()
      })).timeout(120_000)
  }
})
