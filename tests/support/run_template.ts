import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import { startRun } from '#domain/runs/start_run'
import { saveDraft } from '#domain/services/draft_save'
import { startDraft } from '#domain/services/draft_start'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant, givenUser } from '#tests/support/app'
import { endsWithTest } from '#tests/support/ends_with_test'
import { untilOver, withTestRunners } from '#tests/support/with_test_runners'

type Row = { [field: string]: unknown }

/** A tenant with a simulated Zoho CRM, in whose org rows can be put and looked at. */
export async function givenTenantWithZoho() {
  const tenant = await givenTenant()
  const simulator = await startZohoSimulator({ users: 100 })
  crossdock.egressAllow.push(new URL(simulator.url).host)
  const file = parseConnectionFile(
    connectionFile(simulator.url),
    'the simulator',
    connectionEnvironment(simulator.options)
  )
  await applyConnection(tenant, file, null)
  const authorization = await signIn(simulator.url, simulator.options)

  async function send(method: string, path: string, body?: object) {
    const reply = await fetch(`${simulator.url}/crm/v8/${path}`, {
      method,
      headers: { authorization },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`)
    return (text === '' ? { data: [] } : JSON.parse(text)) as { data: Row[] }
  }
  return {
    tenant,
    put: (module: string, data: Row[]) => send('POST', module, { data }),
    async rowsOf(module: string, fields: string) {
      const { data } = await send('GET', `${module}?fields=${fields}&sort_by=id&sort_order=asc`)
      return data
    },
    close: endsWithTest(() => simulator.close()),
  }
}

async function signIn(
  url: string,
  options: { clientId: string; clientSecret: string; refreshToken: string }
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: options.clientId,
    client_secret: options.clientSecret,
    refresh_token: options.refreshToken,
  })
  const reply = await fetch(`${url}/oauth/v2/token`, { method: 'POST', body: form })
  const { access_token: token } = (await reply.json()) as { access_token: string }
  return `Zoho-oauthtoken ${token}`
}

export async function givenTenantFile(tenant: Tenant, name: string, text: string) {
  const folder = join(crossdock.dataRoot, 'files', tenant.id)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), text)
}

/** A service as the builder makes it of a template, with the tenant's own connections in its roles. */
export async function serviceFromTemplate(tenant: Tenant, template: string): Promise<Service> {
  const { id: userId } = await givenUser({ tenant, role: 'builder' })
  const draft = await startDraft(tenant, { template, kind: 'import' }, userId)
  await draft.refresh()
  const saved = await saveDraft(tenant, draft, { userId, note: null, isEnabled: true })
  if (saved.ok) return saved.service
  throw new Error(saved.problems.map(({ where, message }) => `${where}: ${message}`).join('\n'))
}

export function runTemplate(tenant: Tenant, template: string) {
  return withTestRunners(async (dispatcher) => {
    const service = await serviceFromTemplate(tenant, template)
    const run = await startRun(service, { trigger: 'manual', requestedBy: null })
    return { service, run: await untilOver(run, dispatcher) }
  })
}
