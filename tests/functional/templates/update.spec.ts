import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import AuditEvent from '#domain/audit/audit_event'
import { applyService } from '#domain/services/apply_service'
import { duplicate } from '#domain/services/duplicate'
import type Service from '#domain/services/service'
import TemplateLink from '#domain/services/template_link'
import type Tenant from '#domain/tenants/tenant'
import type { MappingRow, Template } from '#sdk'
import { applyConnection } from '#domain/connections/apply_connection'
import { givenUser } from '#tests/support/app'
import {
  givenTenantFile,
  givenTenantWithZoho,
  serviceFromTemplate,
} from '#tests/support/run_template'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

const TEMPLATE = 'web_leads_to_zoho_leads'

/** A copy of the plugins in which the template has a later version. */
async function givenLaterTemplate(
  cleanup: (undo: () => Promise<void>) => void,
  change: (rows: MappingRow[]) => MappingRow[]
) {
  const before = crossdock.pluginsRoot
  const root = join(app.tmpPath(), `plugins-${process.pid}-${Math.random()}`)
  await cp(join(before, 'templates', TEMPLATE), join(root, 'templates', TEMPLATE), {
    recursive: true,
  })
  await cp(join(before, 'connectors'), join(root, 'connectors'), { recursive: true })
  const module = (await import(join(before, 'templates', TEMPLATE, 'template.ts'))) as {
    default: Template
  }
  const template = structuredClone(module.default)
  template.service.mapping = change(template.service.mapping)
  const folder = join(root, 'templates', TEMPLATE)
  await writeFile(join(folder, 'template.ts'), `export default ${JSON.stringify(template)}`)
  const manifest = await readFile(join(folder, 'plugin.json'), 'utf8')
  await writeFile(join(folder, 'plugin.json'), manifest.replace('"1.0.0"', '"1.2.0"'))
  crossdock.pluginsRoot = root
  cleanup(async () => {
    crossdock.pluginsRoot = before
    await rm(root, { recursive: true })
  })
}

async function givenService(cleanup: (undo: () => Promise<void>) => void) {
  const house = await givenTenantWithZoho()
  cleanup(house.close)
  const { tenant } = house
  await givenTenantFile(
    tenant,
    'leads.csv',
    'email,first_name,last_name,company,phone,city,country,message\na@b.example,,,,,,,\n'
  )
  const settings = { file: 'leads.csv' }
  await applyConnection(tenant, { name: 'web', connector: 'csv', settings, secrets: {} }, null)
  const service = await serviceFromTemplate(tenant, TEMPLATE)
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
  const address = `/t/${tenant.slug}/services/${service.id}`
  const props = async (path: string) => {
    const page = await visitor.pageAt(path)
    return page?.props ?? {}
  }
  const newer = async () => {
    const { newerTemplate } = await props(address)
    return newerTemplate
  }
  const version = async (of: Service) => {
    const link = await TemplateLink.findOrFail(of.id)
    return link.version
  }
  return { tenant, service, visitor, address, props, newer, version }
}

async function changeMine(
  tenant: Tenant,
  service: Service,
  id: string,
  change: Partial<MappingRow>
) {
  const { definition } = await service.currentRevision()
  const mapping = definition.mapping.map((row) => (row.id === id ? { ...row, ...change } : row))
  const applied = await applyService(tenant, { ...definition, mapping }, { userId: null })
  return applied.service
}

const later = (rows: MappingRow[]) => [
  ...rows.map((row) => {
    if (row.id === 'last-name') return { ...row, default: 'Web visitor' }
    return row.id === 'lead-source' ? { ...row, value: 'Online Store' } : row
  }),
  { id: 'lead-status', to: 'Lead_Status', value: 'Not Contacted' },
]

test.group('A later version of a template', () => {
  test('is shown in words, merged by choice, and noted', async ({ assert, cleanup }) => {
    await withTestRunners(async () => {
      const { tenant, service, visitor, address, props, newer } = await givenService(cleanup)
      await changeMine(tenant, service, 'lead-source', { value: 'Partner' })
      assert.isNull(await newer())
      await givenLaterTemplate(cleanup, later)
      assert.equal(await newer(), '1.2.0')

      const { update } = await props(`${address}/template-update`)
      assert.deepEqual(update, {
        ...{ title: 'Web leads from a CSV file', from: '1.0.0', to: '1.2.0', revision: 2 },
        changes: [
          'Last_Name: default changed from “Unknown” to “Web visitor”',
          'Lead_Status was added: always “Not Contacted”',
        ],
        conflicts: [
          {
            ...{ place: 'row:lead-source', title: 'Lead_Source' },
            mine: ['Lead_Source: constant changed from “Web Download” to “Partner”'],
            theirs: ['Lead_Source: constant changed from “Web Download” to “Online Store”'],
          },
        ],
      })
      const seen = { version: '1.2.0', revision: 2, choices: { 'row:lead-source': 'theirs' } }
      const stale = await visitor.post(`${address}/template-update`, { ...seen, revision: 1 })
      assert.equal(stale.status, 302)
      await service.refresh()
      assert.equal(service.revision, 2, 'what was not seen is not applied')
      await visitor.post(`${address}/template-update`, seen)
      await service.refresh()
      assert.equal(service.revision, 3)
      const { definition } = await service.currentRevision()
      const values = new Map(definition.mapping.map((row) => [row.id, row]))
      assert.equal(values.get('lead-source')?.value, 'Online Store')
      assert.equal(values.get('last-name')?.default, 'Web visitor')
      assert.isTrue(values.has('lead-status'))
      assert.isNull(await newer())
      const events = await AuditEvent.query().where('tenantId', tenant.id)
      const event = events.find(({ action }) => action === 'service.template_updated')
      assert.containSubset(event?.detail, {
        from: '1.0.0',
        to: '1.2.0',
        taken: ['row:lead-source'],
      })
    })
  }).timeout(60_000)

  test('keeps what is ours by default; a copy of the service is asked too', async ({
    assert,
    cleanup,
  }) => {
    await withTestRunners(async () => {
      const { tenant, service, visitor, address, version } = await givenService(cleanup)
      const changed = await changeMine(tenant, service, 'lead-source', { value: 'Partner' })
      const { id: userId } = await givenUser({ tenant })
      const copy = await duplicate(tenant, changed, userId)
      await givenLaterTemplate(cleanup, later)
      await visitor.post(`${address}/template-update`, { version: '1.2.0', revision: 2 })
      await service.refresh()
      const { definition } = await service.currentRevision()
      const row = definition.mapping.find((each) => each.id === 'lead-source')
      assert.equal(row?.value, 'Partner')
      assert.equal(await version(service), '1.2.0')
      assert.equal(await version(copy), '1.0.0')
    })
  }).timeout(60_000)

  test('is for builders', async ({ assert, cleanup }) => {
    await withTestRunners(async () => {
      const { tenant, address } = await givenService(cleanup)
      const operator = await Visitor.signedInAs(await givenUser({ tenant, role: 'operator' }))
      assert.equal(await operator.statusOf(`${address}/template-update`), 403)
      const { status } = await operator.post(`${address}/template-update`)
      assert.equal(status, 403)
    })
  }).timeout(60_000)
})
