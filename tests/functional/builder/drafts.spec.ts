import { test } from '@japa/runner'
import Draft from '#domain/services/draft'
import Revision from '#domain/services/revision'
import Service from '#domain/services/service'
import type { Role } from '#domain/tenants/membership'
import type { ServiceDefinition } from '#sdk'
import { givenConnection, givenService, givenTenant, givenUser } from '#tests/support/app'
import { givenShopToZoho } from '#tests/support/shop_to_zoho'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

interface Answer {
  ok: boolean
  message?: string
  problems?: Array<{ where: string; message: string }>
  location?: string | null
}

async function givenBuilder(
  role: Role = 'builder',
  tenant?: Awaited<ReturnType<typeof givenTenant>>
) {
  const home = tenant ?? (await givenTenant())
  const visitor = await Visitor.signedInAs(await givenUser({ tenant: home, role }))
  const path = `/t/${home.slug}/service-drafts`
  const latest = () =>
    Draft.query().where('tenantId', home.id).orderBy('createdAt', 'desc').firstOrFail()
  return { tenant: home, visitor, path, latest }
}

const definitionText = (definition: object) => ({ definition: JSON.stringify(definition) })
const answerOf = ({ body }: { body: string }) => JSON.parse(body) as Answer

test.group('Drafts of services', () => {
  test('begin with nothing, keep what is typed, and never run', async ({ assert }) => {
    const { visitor, path, latest, tenant } = await givenBuilder()
    const begun = await visitor.post(path, { kind: 'export' })
    const draft = await latest()
    assert.equal(begun.location, `${path}/${draft.id}`)
    assert.equal(draft.content.kind, 'export')

    const typed = { ...draft.content, name: 'half', mapping: [{ to: 'A', value: '' }], extra: [1] }
    const answer = answerOf(await visitor.put(`${path}/${draft.id}`, definitionText(typed)))
    assert.isTrue(answer.ok)
    await draft.refresh()
    assert.deepEqual(draft.content, typed as unknown as ServiceDefinition)
    const page = await visitor.pageAt(`${path}/${draft.id}`)
    assert.equal(page?.component, 'builder/edit')
    assert.lengthOf(await Service.query().where('tenantId', tenant.id), 0)
  })

  test('begin with a template, over the connections that fit', async ({ assert }) => {
    const { visitor, path, latest, tenant } = await givenBuilder()
    await givenConnection(tenant, { name: 'webshop', connector: 'sqlite', settings: { file: 'x' } })
    const page = await visitor.pageAt(`${path}/create`)
    const cards = page?.props.templates as Array<{ name: string; fits: boolean }>
    const card = cards.find(({ name }) => name === 'shop_orders_to_zoho_deals')
    assert.isFalse(card?.fits)
    await visitor.post(path, { template: 'shop_orders_to_zoho_deals' })
    const { content, template } = await latest()
    assert.equal(template, 'shop_orders_to_zoho_deals')
    assert.equal(content.source.connection, 'webshop')
    assert.equal(content.target.connection, '')
    assert.equal(content.target.stream, 'Deals')
  })

  test('say what is missing in plain words, each at its place', async ({ assert }) => {
    const { visitor, path, latest } = await givenBuilder()
    await visitor.post(path, {})
    const { id } = await latest()
    const { problems } = answerOf(await visitor.post(`${path}/${id}/check`))
    assert.deepInclude(problems, { where: 'name', message: 'Give the service a name.' })
    assert.deepInclude(problems, {
      where: 'source.connection',
      message: 'Choose where the records come from.',
    })
    const saved = answerOf(await visitor.post(`${path}/${id}/revision`, {}))
    assert.isNull(saved.location)
    assert.deepEqual(saved.problems, problems)
  })

  test('refuse what is no draft', async ({ assert }) => {
    const { visitor, path, latest } = await givenBuilder()
    await visitor.post(path, {})
    const draft = await latest()
    for (const definition of [
      '{',
      '[]',
      '{"name":1}',
      JSON.stringify({ ...draft.content, mapping: [3] }),
    ]) {
      const answer = answerOf(await visitor.put(`${path}/${draft.id}`, { definition }))
      assert.deepInclude(answer, { ok: false })
      assert.match(String(answer.message), /no draft of a service/)
    }
    const unknown = await visitor.post(path, { template: '../../etc' })
    assert.equal(unknown.status, 302)
    const last = await latest()
    assert.equal(last.id, draft.id)
  })

  test('of another tenant are not there; a viewer and an operator are refused', async ({
    assert,
  }) => {
    const owner = await givenBuilder()
    await owner.visitor.post(owner.path, {})
    const { id } = await owner.latest()
    const stranger = await givenBuilder('admin')
    for (const [method, address] of [
      ['get', `${stranger.path}/${id}`],
      ['put', `${stranger.path}/${id}`],
      ['delete', `${stranger.path}/${id}`],
      ['post', `${stranger.path}/${id}/check`],
      ['post', `${stranger.path}/${id}/revision`],
      ['get', `${owner.path}/${id}`],
    ] as const) {
      const { status } = await stranger.visitor[method](address)
      assert.equal(status, 404, `${method} ${address}`)
    }
    for (const role of ['viewer', 'operator'] as const) {
      const { visitor } = await givenBuilder(role, owner.tenant)
      assert.equal(await visitor.statusOf(`${owner.path}/${id}`), 403)
      const begun = await visitor.post(owner.path, {})
      const saved = await visitor.post(`${owner.path}/${id}/revision`)
      assert.deepEqual([begun.status, saved.status], [403, 403])
    }
    assert.isNotNull(await Draft.find(id))
  })

  test('are discarded, and the service stays', async ({ assert }) => {
    const { visitor, path, latest, tenant } = await givenBuilder()
    const service = await givenService(tenant)
    await visitor.post(`/t/${tenant.slug}/services/${service.id}/edits`)
    const draft = await latest()
    const again = await visitor.post(`/t/${tenant.slug}/services/${service.id}/edits`)
    assert.equal(again.location, `${path}/${draft.id}`)
    const { location } = await visitor.delete(`${path}/${draft.id}`)
    assert.equal(location, `/t/${tenant.slug}/services/${service.id}`)
    assert.isNull(await Draft.find(draft.id))
    assert.isNotNull(await Service.find(service.id))
  })
})

test.group('Saving a draft', () => {
  test('makes a revision that holds all that the form does not show', async ({ assert }) => {
    const stage = await givenShopToZoho({ records: 3 })
    const { visitor, path, latest } = await givenBuilder('builder', stage.tenant)
    const { service } = stage
    const { definition: before } = await service.currentRevision()
    await visitor.post(`/t/${stage.tenant.slug}/services/${service.id}/edits`)
    const draft = await latest()
    const rich: ServiceDefinition = {
      ...before,
      source: { ...before.source, live: true, filter: 'status != "x"' },
      mapping: before.mapping.map((row, index) => ({ id: `r${index}`, ...row })),
    }
    await withTestRunners(async () => {
      await visitor.put(`${path}/${draft.id}`, definitionText(rich))
      const note = 'only what is paid'
      const saved = answerOf(await visitor.post(`${path}/${draft.id}/revision`, { note }))
      assert.deepEqual(saved.problems, [])
      assert.equal(saved.location, `/t/${stage.tenant.slug}/services/${service.id}`)
    })
    const revision = await Revision.query()
      .where('serviceId', service.id)
      .where('number', 2)
      .firstOrFail()
    assert.deepEqual(revision.definition, rich)
    assert.equal(revision.note, 'only what is paid')
    assert.isNull(await Draft.find(draft.id))
    await stage.close()
  })

  test('puts what the streams refuse at its row, and takes no name that is taken', async ({
    assert,
  }) => {
    const stage = await givenShopToZoho({ records: 3 })
    const { visitor, path, latest } = await givenBuilder('builder', stage.tenant)
    await visitor.post(path, {})
    const draft = await latest()
    const { definition } = await stage.service.currentRevision()
    const wrong = {
      ...definition,
      mapping: [...definition.mapping, { to: 'Description', formula: 'source.custmer' }],
    }
    await withTestRunners(async () => {
      await visitor.put(`${path}/${draft.id}`, definitionText(wrong))
      const { problems } = answerOf(await visitor.post(`${path}/${draft.id}/revision`, {}))
      assert.sameMembers(problems?.map(({ where }) => where) ?? [], ['mapping[4].formula', 'name'])
      await visitor.put(`${path}/${draft.id}`, definitionText({ ...definition, name: 'second' }))
      const saved = answerOf(
        await visitor.post(`${path}/${draft.id}/revision`, { isEnabled: true })
      )
      assert.deepEqual(saved.problems, [])
    })
    const made = await Service.query()
      .where('tenantId', stage.tenant.id)
      .where('name', 'second')
      .firstOrFail()
    assert.equal(made.state, 'enabled')
    await stage.close()
  })

  test('does not overwrite what somebody saved meanwhile', async ({ assert }) => {
    const stage = await givenShopToZoho({ records: 1 })
    const { visitor, path, latest } = await givenBuilder('builder', stage.tenant)
    await visitor.post(`/t/${stage.tenant.slug}/services/${stage.service.id}/edits`)
    const draft = await latest()
    await stage.service.merge({ revision: 2 }).save()
    await withTestRunners(async () => {
      const { problems } = answerOf(await visitor.post(`${path}/${draft.id}/revision`, {}))
      assert.match(String(problems?.[0]?.message), /Somebody saved revision 2 meanwhile/)
    })
    await stage.close()
  })
})
