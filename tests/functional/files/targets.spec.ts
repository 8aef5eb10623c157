import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { tenantFolder } from '#domain/connections/tenant_folder'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition } from '#sdk'
import { givenTenant } from '#tests/support/app'
import { openHttpEndpoint } from '#tests/support/http_endpoint'
import { givenTenantFile } from '#tests/support/run_template'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

async function givenSource(tenant: Tenant) {
  await givenTenantFile(tenant, 'in.csv', 'id,name\n1,Ann\n2,=SUM(A1)\n3,Zoë\n')
  const settings = { file: 'in.csv', key: 'id' }
  await applyConnection(tenant, { name: 'source', connector: 'csv', settings, secrets: {} }, null)
}

async function run(
  tenant: Tenant,
  target: Partial<ServiceDefinition['target']> & { stream: string }
) {
  const definition: ServiceDefinition = {
    name: 'rows',
    kind: 'export',
    source: { connection: 'source', stream: 'in.csv' },
    target: {
      connection: 'target',
      operation: 'upsert',
      match: { by: 'fields', fields: ['id'] },
      ...target,
    },
    mapping: [
      { to: 'id', from: 'id' },
      { to: 'name', from: 'name' },
    ],
  }
  return withTestRunners(async (dispatcher) => {
    const { service } = await applyService(tenant, definition, { userId: null })
    return untilOver(await startRun(service, { trigger: 'manual', requestedBy: null }), dispatcher)
  })
}

test.group('A run to a file and to an endpoint', (group) => {
  group.each.timeout(60_000)

  test('makes the file, and changes nothing when it comes again', async ({ assert }) => {
    const tenant = await givenTenant()
    await givenSource(tenant)
    const settings = { file: 'out.csv', columns: 'id, name', key: 'id' }
    await applyConnection(tenant, { name: 'target', connector: 'csv', settings, secrets: {} }, null)
    const first = await run(tenant, { stream: 'out.csv' })
    assert.containSubset(first.serialize(), { state: 'succeeded', created: 3 })
    const text = await readFile(join(await tenantFolder(tenant.id), 'out.csv'), 'utf8')
    assert.equal(text, "\uFEFFid,name\r\n1,Ann\r\n2,'=SUM(A1)\r\n3,Zoë\r\n")
    const second = await run(tenant, { stream: 'out.csv' })
    assert.containSubset(second.serialize(), { state: 'succeeded', unchanged: 3 })
  })

  test('heeds Retry-After, and sends with the same key again after a lost reply', async ({
    assert,
    cleanup,
  }) => {
    const taken = new Map<string, string>()
    let posts = 0
    const endpoint = await openHttpEndpoint(({ method, headers, body }) => {
      if (method !== 'POST') return { status: 200 }
      posts += 1
      if (posts === 1) return { status: 503, headers: { 'retry-after': '1' } }
      taken.set(String(headers['idempotency-key']), body)
      return posts === 2 ? undefined : { status: 201 }
    })
    cleanup(endpoint.close)
    crossdock.egressAllow.push(new URL(endpoint.url).host)
    const tenant = await givenTenant()
    await givenSource(tenant)
    const settings = { baseUrl: endpoint.url, streams: 'people(id*, name)', auth: 'bearer' }
    const secrets = { token: 'a-secret-token' }
    await applyConnection(tenant, { name: 'target', connector: 'http', settings, secrets }, null)
    const options = { idempotencyHeader: 'Idempotency-Key', perCall: '1' }
    const done = await run(tenant, { stream: 'people', options })
    assert.containSubset(done.serialize(), { state: 'succeeded', created: 3 })
    assert.sameMembers(
      [...taken.values()].map((body) => JSON.parse(body).name as string),
      ['Ann', '=SUM(A1)', 'Zoë']
    )
    assert.equal(posts, 5, 'the first was refused, the second lost its reply')
    const sent = endpoint.received.filter(({ method }) => method === 'POST')
    assert.isTrue(sent.every(({ headers }) => headers.authorization === 'Bearer a-secret-token'))
  })
})
