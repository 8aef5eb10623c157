import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { tenantFolder } from '#domain/connections/tenant_folder'
import TemplateLink from '#domain/services/template_link'
import type { Template } from '#sdk'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'
import { watchPage } from '#tests/browser/support/watch_page'
import { givenService, givenTenant, givenUser } from '#tests/support/app'
import template from '../../../plugins/templates/web_leads_to_zoho_leads/template.js'

/** The version before the one that is installed said less and other things; the tenant changed one of them. */
async function givenOldService() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const { service: theirs }: Template = template
  const base = structuredClone(theirs)
  base.mapping = base.mapping
    .filter(({ id }) => id !== 'city')
    .map((row) => (row.id === 'lead-source' ? { ...row, value: 'Partner' } : row))
  const mine = structuredClone(base)
  mine.mapping = mine.mapping.map((row) =>
    row.id === 'lead-source' ? { ...row, value: 'Trade Show' } : row
  )
  const revision = await service.currentRevision()
  await revision.merge({ definition: { ...mine, name: service.name } }).save()
  await service.merge({ template: 'web_leads_to_zoho_leads' }).save()
  await TemplateLink.keep(service.id, '0.9.0', base)
  await writeFile(join(await tenantFolder(tenant.id), 'invoices.csv'), 'id\r\n')
  return { tenant, service }
}

test.group('the update from a template', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      test(`is chosen by keyboard: ${width} px, ${colorScheme}`, async ({ browser, assert }) => {
        const { tenant, service } = await givenOldService()
        const baseURL = `http://${process.env.HOST}:${process.env.PORT}`
        const viewport = { width, height: 900 }
        const context = await browser.newContext({ baseURL, viewport, colorScheme })
        const page = await signInAs(context, await givenUser({ tenant, role: 'builder' }))
        const complaints = watchPage(page)
        const look = async (name: string) => {
          const folder = process.env.CROSSDOCK_SCREENSHOTS
          if (folder)
            await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` })
          assert.deepEqual(await findBarriers(page), [], name)
          const over: number = await page.evaluate(
            'document.documentElement.scrollWidth - window.innerWidth'
          )
          assert.isAtMost(over, 0, `${name} scrolls sideways`)
        }
        const address = `/t/${tenant.slug}/services/${service.id}`
        await page.goto(address)
        await byTest(page, 'newer-template').waitFor()
        await look('service')
        await page.getByRole('link', { name: 'Update to template version 1.0.0' }).press('Enter')
        await page.getByText('City was added: from city').waitFor()
        await page.getByRole('radio', { name: 'Keep ours' }).focus()
        await page.keyboard.press('ArrowDown', { delay: 50 })
        await page.getByRole('radio', { name: 'Take the template’s', checked: true }).waitFor()
        await look('update')
        await page.goto(`/t/${tenant.slug}/files`)
        await byTest(page, 'download-file').waitFor()
        await look('files')
        assert.deepEqual(complaints, [])
        await context.close()
      })
    }
  }

  test('has nothing to say where there is none', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'builder' }))
    await page.goto(`/t/${tenant.slug}/services/${service.id}/template-update`)
    await page.getByText('Nothing to update').waitFor()
    assert.deepEqual(await findBarriers(page), [])
  })
})
