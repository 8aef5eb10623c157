import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { checkConnection } from '#domain/connections/check_connection'
import Connection from '#domain/connections/connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import type { Dispatcher } from '#domain/runs/dispatcher'
import { issueExtension } from '#domain/selections/issue_extension'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { ServiceDefinition } from '#sdk'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { Person } from '#tests/support/person'
import { withTestRunners } from '#tests/support/with_test_runners'

const PATIENT = { tokenLifeSeconds: 10 ** 9 }

export interface ZohoSelection {
  tenant: Tenant
  connection: Connection
  service: Service
  /** The org that the connection is pinned to. */
  org: string
  /** Of the packed extension. */
  key: string
  /** Who works in the source org, and who in the target. */
  person: Person
  other: Person
  /** What a widget sends. */
  knock(body?: object, door?: { key?: string; origin?: string }): Promise<Knocked>
  /** Path of a link to these records. */
  linkTo(ids: string[]): Promise<string>
  close(): Promise<void>
}

interface Knocked {
  status: number
  headers: Headers
  body: { link?: string; error?: string }
}

export function exportDefinition(name: string, more: Partial<ServiceDefinition> = {}) {
  const definition: ServiceDefinition = {
    name,
    kind: 'export',
    source: { connection: 'source', stream: 'Deals' },
    target: {
      connection: 'target',
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Order_Ref'] },
    },
    mapping: [
      { to: 'Deal_Name', from: 'Deal_Name' },
      { to: 'Order_Ref', from: 'id' },
      { to: 'Stage', from: 'Stage' },
    ],
  }
  return { ...definition, ...more }
}

async function givenOrg(tenant: Tenant, name: string, seed: number) {
  const simulator = await startZohoSimulator({ ...PATIENT, seed })
  crossdock.egressAllow.push(new URL(simulator.url).host)
  const environment = connectionEnvironment(simulator.options)
  const file = parseConnectionFile(connectionFile(simulator.url, name), name, environment)
  const { id } = await applyConnection(tenant, file, null)
  await checkConnection(await Connection.findOrFail(id))
  return { simulator, connection: await Connection.findOrFail(id) }
}

/** Two simulated orgs, an export of deals from one into the other, and its extension. Runners must be up. */
export async function givenZohoSelection(): Promise<ZohoSelection> {
  const tenant = await givenTenant()
  const source = await givenOrg(tenant, 'source', 1)
  const target = await givenOrg(tenant, 'target', 2)
  const { service } = await applyService(tenant, exportDefinition('deals-out'), { userId: null })
  const { key } = await issueExtension(source.connection)
  const { connection } = source
  const org = String(connection.identity)
  const knock = (body: object = {}, door: { key?: string; origin?: string } = {}) =>
    knockAt(door.key ?? key, { module: 'Deals', orgId: org, user: { id: '42' }, ...body }, door)
  return {
    ...{ tenant, connection, service, org, key, knock },
    person: await Person.signedInTo(source.simulator),
    other: await Person.signedInTo(target.simulator),
    async linkTo(ids) {
      const { body } = await knock({ ids })
      return new URL(String(body.link), baseUrl()).pathname
    },
    async close() {
      await tenant.delete()
      await Promise.all([source, target].map((each) => closeOrg(each.simulator)))
    },
  }
}

/** A house for the length of `work`, with real runners and a real dispatcher. */
export function withZohoSelection(
  work: (house: ZohoSelection, dispatcher: Dispatcher) => Promise<void>
): Promise<void> {
  return withTestRunners(async (dispatcher) => {
    const house = await givenZohoSelection()
    try {
      await work(house, dispatcher)
    } finally {
      await house.close()
    }
  })
}

async function closeOrg(simulator: ZohoSimulator): Promise<void> {
  const { egressAllow } = crossdock
  egressAllow.splice(egressAllow.indexOf(new URL(simulator.url).host), 1)
  await simulator.close()
}

async function knockAt(key: string, body: object, { origin }: { origin?: string }) {
  const response = await fetch(`${baseUrl()}/extension/${key}/selections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin ? { origin } : {}) },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, headers, body: text === '' ? {} : JSON.parse(text) }
}
