import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import AuditEvent from '#domain/audit/audit_event'
import Connection from '#domain/connections/connection'
import { connectionUses } from '#domain/connections/connection_uses'
import KnownStream from '#domain/connections/stream_catalog'
import { listFiles } from '#domain/connections/tenant_folder'
import type { Field } from '#sdk'
import type { Role } from '#domain/tenants/membership'
import { givenZoho, givenZohoConnection } from '#tests/functional/connections/given_zoho'
import { givenConnection, givenService, givenTenant, givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { Visitor } from '#tests/support/visitor'
import { withTestRunners } from '#tests/support/with_test_runners'

const shop = {
  connector: 'mysql',
  name: 'shop',
  settings: { host: '127.0.0.1', port: '3306', database: 'shop', user: 'reader', tls: true },
  secrets: { password: 'a-very-secret-word' },
}

async function givenBuilder(role: Role = 'builder') {
  const tenant = await givenTenant()
  const visitor = await Visitor.signedInAs(await givenUser({ tenant, role }))
  const path = `/t/${tenant.slug}/connections`
  visitor.referer = `${path}/create?connector=mysql`
  const send = async (form: object) => {
    const answer = await visitor.post(path, form)
    const page = await visitor.pageAt(answer.location ?? '')
    return page?.props as { errors: { [field: string]: string }; notice: { text: string } | null }
  }
  return { tenant, visitor, path, send }
}

const actionsOf = async (id: string) => {
  const events = await AuditEvent.query().where('subject', id).orderBy('number')
  return events.map(({ action }) => action)
}

test.group('The form of a connection', () => {
  test('makes, renames, edits and deletes one, and each is written down', async ({ assert }) => {
    const { tenant, visitor, path, send } = await givenBuilder()
    await send(shop)
    const made = await Connection.query().where('tenantId', tenant.id).firstOrFail()
    assert.deepInclude(made.settings, { port: 3306, tls: true })
    assert.deepEqual(await made.secrets(), { password: 'a-very-secret-word' })

    const edited = { ...shop, name: 'store', settings: { ...shop.settings, host: 'db.example' } }
    await visitor.put(`${path}/${made.id}`, { ...edited, secrets: { password: '' } })
    await made.refresh()
    assert.equal(made.name, 'store')
    assert.equal(made.settings.host, 'db.example')
    assert.deepEqual(await made.secrets(), { password: 'a-very-secret-word' })

    await visitor.delete(`${path}/${made.id}`)
    assert.isNull(await Connection.find(made.id))
    assert.deepEqual(await actionsOf(made.id), [
      'connection.created',
      'connection.changed',
      'connection.deleted',
    ])
  })

  test('says of each wrong field what is wrong, before any call', async ({ assert }) => {
    const { send, tenant } = await givenBuilder()
    await givenConnection(tenant, { name: 'taken' })
    const { errors } = await send({
      connector: 'mysql',
      name: 'taken',
      settings: { host: '', port: '3306.5', user: ['x'], tls: 'yes' },
    })
    assert.deepEqual(errors, {
      'name': 'There is already a connection "taken". Choose another name.',
      'settings.port': 'Port must be a whole number.',
      'settings.database': 'Database is missing.',
      'settings.user': 'User is missing.',
      'settings.tls': 'Encrypt (TLS) must be true or false.',
    })
    const zoho = { connector: 'zoho_crm', name: 'Zo ho', signIn: 'consent' }
    const settings = { apiVersion: 'v9', trigger: 'some', accountsUrl: 'accounts', orgId: 'abc' }
    const second = await send({ ...zoho, settings, secrets: {} })
    assert.sameMembers(Object.keys(second.errors), [
      ...['name', 'settings.apiVersion', 'settings.trigger', 'settings.accountsUrl'],
      ...['settings.orgId', 'secrets.clientId', 'secrets.clientSecret'],
    ])
    const third = await send({ ...zoho, name: 'zoho', secrets: { clientId: 'a' }, settings: {} })
    assert.equal(third.errors['settings.dataCentre'], 'Data centre is missing.')
  })

  test('tries before it saves, with the sentence at the right field', async ({ assert }) => {
    const { tenant, visitor, path } = await givenBuilder()
    const csv = { connector: 'csv', name: 'orders', settings: { file: 'nowhere.csv' } }
    await withTestRunners(() => visitor.post(`/t/${tenant.slug}/connection-trials`, csv))
    const page = await visitor.pageAt(`${path}/create?connector=csv`)
    const errors = page?.props.errors as { [field: string]: string }
    assert.match(errors['settings.file']!, /no file "nowhere.csv"/)
    assert.lengthOf(await Connection.query().where('tenantId', tenant.id), 0)
  })

  test('does not delete what services use, and names them', async ({ assert }) => {
    const { tenant, visitor, path } = await givenBuilder()
    const service = await givenService(tenant)
    visitor.referer = `${path}/${service.sourceConnectionId}`
    await visitor.delete(`${path}/${service.sourceConnectionId}`)
    assert.isNotNull(await Connection.find(service.sourceConnectionId))
    const page = await visitor.pageAt(`${path}/${service.sourceConnectionId}`)
    assert.include((page?.props.notice as { text: string }).text, `"${service.name}"`)
  })

  test('without the CSRF token does nothing', async ({ assert }) => {
    const { tenant, visitor, send } = await givenBuilder()
    visitor.forgetCsrfToken()
    await send(shop)
    assert.lengthOf(await Connection.query().where('tenantId', tenant.id), 0)
  })

  test('shows no secret on any page, nor what a wrong form sent', async ({ assert }) => {
    const { tenant, visitor, path } = await givenBuilder('admin')
    const zoho = await givenZoho()
    const connection = await givenZohoConnection(tenant, zoho)
    const secrets = Object.values(await connection.secrets())
    const wrong = { ...shop, settings: {} }
    await visitor.post(path, wrong)
    const pages = ['', '/create?connector=mysql', `/${connection.id}`, `/${connection.id}/edit`]
    for (const page of pages) {
      const { body, status } = await visitor.get(path + page)
      assert.equal(status, 200, page)
      for (const secret of [...secrets, 'a-very-secret-word', String(connection.sealedSecrets)]) {
        assert.notInclude(body, secret, page)
      }
    }
    await zoho.close()
  })
})

test.group('Files of a tenant', () => {
  async function upload(visitor: Visitor, path: string, name: string, text: string) {
    const body = new FormData()
    body.set('file', new File([text], name))
    const token = visitor.cookie('XSRF-TOKEN') ?? ''
    const session = visitor.cookies()
    await fetch(baseUrl() + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'cookie': session, 'x-xsrf-token': decodeURIComponent(token) },
      body,
    })
  }

  test('are uploaded by a checked name, listed and deleted', async ({ assert }) => {
    const { tenant, visitor } = await givenBuilder()
    const path = `/t/${tenant.slug}/files`
    await upload(visitor, path, 'orders.csv', 'id\n1\n')
    await upload(visitor, path, 'orders.csv', 'another')
    await upload(visitor, path, 'orders.exe', 'x')
    await upload(visitor, path, '.hidden.csv', 'x')
    await upload(visitor, path, 'a..csv', 'x')
    await upload(visitor, path, 'empty.csv', '')
    const files = await listFiles(tenant.id)
    assert.deepEqual(
      files.map(({ name, bytes }) => ({ name, bytes })),
      [{ name: 'orders.csv', bytes: 5 }]
    )
    const answer = await visitor.delete(`${path}/${encodeURIComponent('../orders.csv')}`)
    assert.equal(answer.status, 404)
    await visitor.delete(`${path}/orders.csv`)
    assert.lengthOf(await listFiles(tenant.id), 0)
  })
})

test.group('What services need of a connection', () => {
  test('is what they read, write, look up and listen to', async ({ assert }) => {
    const tenant = await givenTenant()
    const service = await givenService(tenant)
    const revision = await service.currentRevision()
    const { definition } = revision
    const mapping = [
      { to: 'Contact_Name', from: 'email', as: 'lookup' as const, by: 'Email' },
      { to: 'Attachments', from: 'customer.scan' },
    ]
    const target = { ...definition.target, route: 'upsert' }
    await revision.merge({ definition: { ...definition, mapping, target, trigger: {} } }).save()
    const know = (connectionId: string, name: string, fields: Field[]) =>
      KnownStream.create({
        ...{ id: uuid(), connectionId, name, fetchedAt: DateTime.utc() },
        description: {
          ...{ name, title: name, key: ['id'], cursors: [], pushdown: [], fields },
          ...{ readable: true, writable: true },
        },
      })
    await know(service.targetConnectionId, 'Deals', [
      { name: 'Contact_Name', type: 'lookup', lookup: 'Contacts' },
      { name: 'Attachments', type: 'json', files: true },
    ])
    await know(service.sourceConnectionId, 'orders', [
      { name: 'customer', type: 'lookup', lookup: 'customers' },
      { name: 'customer.scan', type: 'text' },
      { name: 'shop', type: 'lookup', lookup: 'shops' },
      { name: 'shop.name', type: 'text' },
    ])
    const wishesOf = async (id: string) => {
      const [use] = await connectionUses(id)
      return use?.wishes
    }
    assert.deepEqual(await wishesOf(service.targetConnectionId), [
      { use: 'write', streams: ['Deals'] },
      { use: 'files', streams: ['Deals'] },
      { use: 'read', streams: ['Contacts'] },
    ])
    assert.deepEqual(await wishesOf(service.sourceConnectionId), [
      { use: 'read', streams: ['orders'] },
      { use: 'bulk', streams: ['orders'] },
      { use: 'notifications', streams: ['orders'] },
      { use: 'read', streams: ['customers'] },
    ])
  })
})
