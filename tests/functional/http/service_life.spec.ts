import { test } from '@japa/runner'
import { parse, stringify } from 'yaml'
import AuditEvent from '#domain/audit/audit_event'
import Run from '#domain/runs/run'
import { applyService } from '#domain/services/apply_service'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import Tenant from '#domain/tenants/tenant'
import { givenUser } from '#tests/support/app'
import { givenSleeper } from '#tests/support/sleeper'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

/** A service that works, and somebody who may change it. */
async function given(cleanup: (undo: () => void) => void) {
  const { service, restore } = await givenSleeper(0)
  cleanup(restore)
  const tenant = await Tenant.findOrFail(service.tenantId)
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'builder' }))
  const home = `/t/${tenant.slug}/services`
  return { service, tenant, visitor, home, own: `${home}/${service.id}` }
}

async function noticeOf(visitor: Visitor, path: string): Promise<string> {
  const page = await visitor.pageAt(path)
  return (page?.props.notice as { text: string } | null)?.text ?? ''
}

test.group('A service', () => {
  test('that is paused says why, starts nothing, and runs again once enabled', async ({
    assert,
    cleanup,
  }) => {
    const { service, visitor, own } = await given(cleanup)
    await visitor.post(`${own}/pause`, { reason: 'the shop moves house' })
    await service.refresh()
    assert.deepEqual([service.state, service.stateReason], ['paused', 'the shop moves house'])
    await visitor.post(`${own}/runs`)
    assert.match(
      await noticeOf(visitor, own),
      /is paused \(the shop moves house\): enable it first/
    )
    assert.lengthOf(await Run.query().where('serviceId', service.id), 0)

    await visitor.delete(`${own}/pause`)
    await service.refresh()
    assert.deepEqual([service.state, service.stateReason], ['enabled', null])
    const said = await AuditEvent.query().where('subject', service.id).orderBy('number')
    assert.deepEqual(
      said.map(({ action }) => action),
      ['service.applied', 'service.paused', 'service.enabled']
    )
  })

  test('in the archive leaves the list, and comes back paused', async ({ assert, cleanup }) => {
    const { service, visitor, home, own } = await given(cleanup)
    const listed = async (query = '') => {
      const page = await visitor.pageAt(`${home}${query}`)
      return (page?.props.services as Array<{ id: string }>).map(({ id }) => id)
    }
    assert.deepEqual(await listed(), [service.id])
    await visitor.post(`${own}/archive`)
    assert.deepEqual([await listed(), await listed('?show=archived')], [[], [service.id]])
    await visitor.delete(`${own}/archive`)
    assert.deepEqual(await listed(), [service.id])
    await service.refresh()
    assert.equal(service.state, 'paused')
  })

  test('is copied under a free name, paused, with the same definition', async ({
    assert,
    cleanup,
  }) => {
    const { service, tenant, visitor, own } = await given(cleanup)
    await withTestRunners(async () => {
      await visitor.post(`${own}/copies`)
      await visitor.post(`${own}/copies`)
    })
    const all = await Service.query().where('tenantId', tenant.id).orderBy('createdAt')
    assert.deepEqual(
      all.map(({ name, state }) => [name, state]),
      [
        [service.name, 'enabled'],
        [`${service.name}-copy`, 'paused'],
        [`${service.name}-copy-2`, 'paused'],
      ]
    )
    const [original, copy] = await Promise.all(all.slice(0, 2).map((one) => one.currentRevision()))
    assert.deepEqual({ ...copy.definition, name: service.name }, original.definition)
  })

  test('goes out as a file and comes in again without a change', async ({ assert, cleanup }) => {
    const { service, tenant, visitor, own } = await given(cleanup)
    const { body } = await visitor.get(`${own}/file`)
    const { definition } = await service.currentRevision()
    assert.deepEqual(parse(body), definition)

    const post = (content: string) =>
      withTestRunners(() => visitor.post(`/t/${tenant.slug}/service-files`, { content }))
    const { location } = await post(body)
    assert.equal(location, own)
    assert.lengthOf(await Revision.query().where('serviceId', service.id), 1)
    await post(stringify({ ...definition, name: 'another' }))
    assert.isNotNull(await Service.findBy({ tenantId: tenant.id, name: 'another' }))
    visitor.referer = own
    await post('kind: [')
    assert.match(await noticeOf(visitor, own), /The file/)
  })

  test('is compared in words with an earlier revision, and restored to it', async ({
    assert,
    cleanup,
  }) => {
    const { service, tenant, visitor, own } = await given(cleanup)
    const { definition } = await service.currentRevision()
    const [id, label] = definition.mapping
    const mapping = [id, { ...label, clean: ['trim' as const] }]
    await withTestRunners(() => applyService(tenant, { ...definition, mapping }, { userId: null }))
    const page = await visitor.pageAt(`${own}/revisions/1`)
    assert.deepEqual(page?.props.changes, ['label: cleaning was set to “trim”'])

    await withTestRunners(() => visitor.post(`${own}/revisions/1/restoration`))
    await service.refresh()
    const restored = await service.currentRevision()
    assert.deepEqual([restored.number, restored.note], [3, 'Revision 1 restored'])
    assert.deepEqual(restored.definition, definition)
    assert.equal(await visitor.statusOf(`${own}/revisions/9`), 404)
  })
})
