import { test } from '@japa/runner'
import { connectionUses } from '#domain/connections/connection_uses'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import { startRun } from '#domain/runs/start_run'
import { applyService } from '#domain/services/apply_service'
import type { ServiceDefinition } from '#sdk'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'
import { scopes } from '../../../plugins/connectors/zoho_crm/scopes.js'
import { givenZoho, givenZohoConnection } from '../connections/given_zoho.js'

const request = { trigger: 'manual' as const, requestedBy: null }
const FILES = [
  [0, 'a.txt'],
  [0, 'b.txt'],
  [2, 'c.txt'],
] as const

/** Each file below a deal becomes a visit that holds it. */
const definition: ServiceDefinition = {
  name: 'files-to-visits',
  kind: 'import',
  source: { connection: 'source', stream: 'Deals.Attachments' },
  target: {
    connection: 'target',
    stream: 'Shop_Visits',
    operation: 'upsert',
    match: { by: 'fields', fields: ['Visit_Code'] },
  },
  mapping: [
    { to: 'Visit_Code', from: 'id' },
    { to: 'External_Visit_Id', from: 'File_Name' },
    { to: 'Name', from: 'Parent_Record_Id' },
    { to: 'Visit_Report', from: 'File' },
  ],
}

async function signedIn({ url, options }: ZohoSimulator) {
  const { clientId, clientSecret, refreshToken } = options
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  })
  const reply = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body })
  const token: unknown = Reflect.get(Object(await reply.json()), 'access_token')
  const headers = { authorization: `Zoho-oauthtoken ${String(token)}` }
  return async (path: string, sent?: { method: string; body: string | FormData }) => {
    const answer = await fetch(`${url}/crm/v8/${path}`, { headers, ...sent })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (Object(await answer.json()).data ?? []) as Array<{ [name: string]: unknown }>
  }
}

/** Three deals: the first has two files, the last one. */
async function givenFiles(source: ZohoSimulator) {
  const send = await signedIn(source)
  const data = [1, 2, 3].map((at) => ({ Deal_Name: `Deal ${at}`, Stage: 'Qualification' }))
  const deals = await send('Deals', { method: 'POST', body: JSON.stringify({ data }) })
  const ids = deals.map(({ details }) => String(Object(details).id))
  for (const [at, name] of FILES) {
    const body = new FormData()
    body.append('file', new Blob([`content of ${name}`]), name)
    await send(`Deals/${ids[at]}/Attachments`, { method: 'POST', body })
  }
  return ids
}

test.group('What hangs on the records of a module', () => {
  test('is brought elsewhere with the scopes that are asked for', async ({ assert }) => {
    const tenant = await givenTenant()
    const wishes = [{ use: 'read' as const, streams: ['Deals', 'Attachments'] }]
    const preparing = ['ZohoCRM.modules.deals.CREATE', 'ZohoCRM.modules.attachments.CREATE']
    const granted = [...wantedScopes(scopes, wishes), ...preparing]
    const source = await givenZoho({ refreshTokenScope: granted.join(',') })
    const target = await givenZoho({ seed: 2 })
    const deals = await givenFiles(source.simulator)
    const from = await givenZohoConnection(tenant, source, 'source')
    await givenZohoConnection(tenant, target, 'target')
    await withTestRunners(async (dispatcher) => {
      const { service } = await applyService(tenant, definition, { userId: null })
      const [use] = await connectionUses(from.id)
      assert.deepEqual(use.wishes, wishes)
      const first = await untilOver(await startRun(service, request), dispatcher)
      assert.equal(first.state, 'succeeded', first.errorMessage ?? '')
      assert.equal(first.created, 3)
      const second = await untilOver(await startRun(service, request), dispatcher)
      assert.containSubset(second, { state: 'succeeded', unchanged: 3 })
    })
    const ask = await signedIn(target.simulator)
    const visits = await ask('Shop_Visits?fields=Name,External_Visit_Id&sort_order=asc')
    assert.deepEqual(
      visits.map((visit) => [visit.Name, visit.External_Visit_Id]),
      FILES.map(([at, name]) => [deals[at], name])
    )
    const [{ Visit_Report: report }] = await ask(`Shop_Visits/${String(visits[1].id)}`)
    assert.containSubset(report, [{ File_Name__s: 'b.txt' }])
    await tenant.delete()
    await Promise.all([source.close(), target.close()])
  }).timeout(60_000)

  test('starts no run when it changes, since Zoho does not tell', async ({ assert }) => {
    const tenant = await givenTenant()
    const zoho = await givenZoho()
    await givenZohoConnection(tenant, zoho, 'source')
    await givenZohoConnection(tenant, zoho, 'target')
    await withTestRunners(async () => {
      const changing = applyService(tenant, { ...definition, trigger: {} }, { userId: null })
      const refusal = await changing.then(() => '', String)
      assert.match(refusal, /Deals: attachments has no time by which changes could be found/)
    })
    await tenant.delete()
    await zoho.close()
  }).timeout(60_000)
})
