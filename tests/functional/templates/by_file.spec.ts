import { test } from '@japa/runner'
import { parse } from 'yaml'
import { applyServiceFile } from '#domain/services/apply_service_file'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'
import { writeServiceFile } from '#domain/services/write_service_file'
import {
  givenTenantFile,
  givenTenantWithZoho,
  serviceFromTemplate,
} from '#tests/support/run_template'
import { applyConnection } from '#domain/connections/apply_connection'
import { withTestRunners } from '#tests/support/with_test_runners'

const TEMPLATE = 'web_leads_to_zoho_leads'
const CSV = 'email,first_name,last_name,company,phone,city,country,message\na@b.example,,,,,,,\n'

async function givenFile() {
  const { tenant, close } = await givenTenantWithZoho()
  await givenTenantFile(tenant, 'leads.csv', CSV)
  const settings = { file: 'leads.csv' }
  await applyConnection(tenant, { name: 'web', connector: 'csv', settings, secrets: {} }, null)
  const service = await serviceFromTemplate(tenant, TEMPLATE)
  const text = await writeServiceFile(service)
  return { tenant, service, text, close }
}

const linkOf = ({ id }: Service) => TemplateLink.find(id)

test.group('A service by file', () => {
  test('is of the template that the file names, and comes back unchanged', async ({ assert }) => {
    await withTestRunners(async () => {
      const { tenant, service, text, close } = await givenFile()
      assert.equal(parse(text).template, `${TEMPLATE}@1.0.0`)
      const apply = async (file: string) => {
        const options = { userId: null }
        return applyServiceFile(tenant, { text: file, name: 'leads.yaml' }, options)
      }
      const same = await apply(text)
      assert.deepEqual([same.service.id, same.isChanged], [service.id, false])

      const named = (name: string, template: string) =>
        text.replace(/^template: .*$/m, template).replace(`name: ${service.name}`, `name: ${name}`)
      const copy = await apply(named('copy', `template: ${TEMPLATE}`))
      const [link, first] = [await linkOf(copy.service), await linkOf(service)]
      assert.deepEqual(
        [copy.service.template, link?.version, link?.base],
        [TEMPLATE, '1.0.0', first?.base]
      )
      const older = await apply(named('older', `template: ${TEMPLATE}@0.9.0`))
      assert.deepEqual([older.service.template, await linkOf(older.service)], [TEMPLATE, null])
      const plain = await apply(named('plain', ''))
      assert.deepEqual([plain.service.template, await linkOf(plain.service)], [null, null])
      const later = await apply(named('plain', `template: ${TEMPLATE}@1.0.0`))
      assert.deepEqual([later.isChanged, later.service.template], [false, TEMPLATE])
      assert.isNotNull(await linkOf(plain.service))

      await assert.rejects(() => apply(named('odd', 'template: no_such')), /no template "no_such"/)
      await assert.rejects(() => apply(named('odd', 'template: 3')), /must be the name of/)
      await close()
    })
  })
})
