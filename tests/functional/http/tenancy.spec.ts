import router from '@adonisjs/core/services/router'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { v7 as uuid } from 'uuid'
import AlertReceiver from '#domain/alerts/alert_receiver'
import AuditEvent from '#domain/audit/audit_event'
import type Connection from '#domain/connections/connection'
import Consent from '#domain/connections/consent'
import { tenantFolder } from '#domain/connections/tenant_folder'
import Run from '#domain/runs/run'
import { editService } from '#domain/services/draft_start'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import {
  givenConnection,
  givenDeadLetter,
  givenRun,
  givenService,
  givenTenant,
  givenUser,
} from '#tests/support/app'
import { givenPreview } from '#tests/support/given_preview'
import { givenRequest } from '#tests/support/given_request'
import { Visitor } from '#tests/support/visitor'

type Params = Record<string, string>

async function givenEverything() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const run = await givenRun(service)
  const letter = await givenDeadLetter(run)
  const connection = await givenConnection(tenant)
  const file = `${tenant.slug}.csv`
  await writeFile(join(await tenantFolder(tenant.id), file), 'id')
  const { request } = await givenRequest({}, run)
  const params: Params = {
    tenant: tenant.slug,
    service: service.id,
    revision: String(service.revision),
    run: run.id,
    letter: letter.id,
    request: request.id,
    connection: connection.id,
    consent: await givenConsent(tenant, connection),
    receiver: await givenReceiver(tenant),
    draft: await givenDraft(service),
    preview: await givenPreviewOf(service),
    file,
  }
  return { tenant, service, run, letter, params }
}

async function givenPreviewOf(service: Service) {
  const { id } = await givenPreview(service)
  return id
}

async function givenDraft(service: Service) {
  const { id } = await editService(service, uuid())
  return id
}

async function givenReceiver(tenant: Tenant) {
  const given = { kind: 'mail' as const, address: 'ops@example.com', wants: ['failed' as const] }
  const { id } = await AlertReceiver.add(tenant, given, uuid())
  return id
}

async function givenConsent(tenant: Tenant, { id, name, connector }: Connection) {
  const draft = { name, connector, settings: {}, secrets: {}, signIn: 'keep' as const, wishes: [] }
  const by = { userId: uuid(), sessionId: 'nobody', connectionId: id }
  const { consent } = await Consent.begin(tenant, draft, by)
  return consent.id
}

function tenantRoutes() {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ pattern }) => pattern.startsWith('/t/:tenant'))
    .map(({ pattern, methods }) => ({ pattern, method: methods[0]! }))
}

function addressOf(pattern: string, params: Params): string {
  return pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`The walk knows no value for :${name} in ${pattern}`)
    return value
  })
}

function walk(visitor: Visitor, method: string, path: string) {
  if (method === 'GET') return visitor.get(path)
  if (method === 'PUT') return visitor.put(path)
  return method === 'DELETE' ? visitor.delete(path) : visitor.post(path)
}

async function statusOf(visitor: Visitor, method: string, path: string): Promise<number> {
  const { status } = await walk(visitor, method, path)
  return status
}

test.group('tenancy', () => {
  test('what another tenant has is not there, on any route', async ({ assert }) => {
    const own = await givenEverything()
    const foreign = await givenEverything()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant: own.tenant, role: 'admin' }))

    for (const { pattern, method } of tenantRoutes()) {
      const inForeign = addressOf(pattern, foreign.params)
      assert.equal(await statusOf(visitor, method, inForeign), 404, `${method} ${pattern}`)

      if (/:(?!tenant)/.test(pattern)) {
        const smuggled = addressOf(pattern, { ...foreign.params, tenant: own.tenant.slug })
        assert.equal(await statusOf(visitor, method, smuggled), 404, `${method} ${pattern}`)
      }
    }
    assert.lengthOf(await Run.query().where('serviceId', foreign.service.id), 1)
  })

  test('what the tenant has itself is there, on every page', async ({ assert }) => {
    const own = await givenEverything()
    const user = await givenUser({ tenant: own.tenant, role: 'admin' })
    const visitor = await Visitor.signedInAs(user)
    await Consent.query().where('id', own.params.consent!).update({ userId: user.id })
    for (const { pattern, method } of tenantRoutes().filter((route) => route.method === 'GET')) {
      const answer = await walk(visitor, method, addressOf(pattern, own.params))
      assert.equal(answer.status, 200, pattern)
    }
  })

  test('a dead letter of another tenant is not sent again', async ({ assert }) => {
    const own = await givenEverything()
    const foreign = await givenEverything()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant: own.tenant }))
    const answer = await visitor.post(`/t/${own.tenant.slug}/services/${own.service.id}/replays`, {
      ids: [own.letter.id, foreign.letter.id],
    })
    assert.equal(answer.status, 404)
    assert.lengthOf(await Run.query().where('serviceId', own.service.id), 1)
  })

  test('a viewer looks and changes nothing', async ({ assert }) => {
    const own = await givenEverything()
    const visitor = await Visitor.signedInAs(
      await givenUser({ tenant: own.tenant, role: 'viewer' })
    )
    assert.equal(await visitor.statusOf(`/t/${own.tenant.slug}/runs/${own.run.id}`), 200)

    for (const { pattern, method } of tenantRoutes().filter((route) => route.method !== 'GET')) {
      const answer = await walk(visitor, method, addressOf(pattern, own.params))
      assert.equal(answer.status, 403, pattern)
      assert.equal(answer.page?.component, 'errors/error')
    }
    assert.lengthOf(await Run.query().where('serviceId', own.service.id), 1)
  })

  test('the pages of staff are not there for others', async ({ assert }) => {
    const tenant = await givenTenant()
    const visitor = await Visitor.signedInAs(await givenUser({ tenant, role: 'admin' }))
    assert.equal(await visitor.statusOf('/tenants'), 404)
    assert.equal(await statusOf(visitor, 'POST', '/tenants'), 404)
  })

  test('staff make a tenant, and it is written down', async ({ assert }) => {
    const visitor = await Visitor.signedInAs(await givenUser())
    const answer = await visitor.post('/tenants', { name: 'Contoso', slug: 'contoso' })
    assert.equal(answer.location, '/t/contoso')
    assert.equal(await visitor.statusOf('/t/contoso'), 200)
    assert.isNotNull(
      await AuditEvent.query().where('action', 'tenant.created').where('subject', 'contoso').first()
    )
    const again = await visitor.post('/tenants', { name: 'Contoso', slug: 'contoso' })
    assert.equal(again.status, 302)
    const { page } = await visitor.get('/tenants')
    assert.match((page?.props.notice as { text: string }).text, /already a tenant "contoso"/)
  })

  test('a revoked membership ends at once', async ({ assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const visitor = await Visitor.signedInAs(user)
    assert.equal(await visitor.statusOf(`/t/${tenant.slug}`), 200)
    await user.related('memberships').query().delete()
    assert.equal(await visitor.statusOf(`/t/${tenant.slug}`), 404)
  })
})
