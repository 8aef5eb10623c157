import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import { parseConnectionFile } from '#domain/connections/connection_file'
import Channel from '#domain/deliveries/channel'
import { DeliveryDesk } from '#domain/deliveries/delivery_desk'
import { applyService } from '#domain/services/apply_service'
import type Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import type { ChangeTrigger, ServiceDefinition } from '#sdk'
import { connectionEnvironment, connectionFile } from '#simulators/zoho/connection_file'
import type { SimulatorOptions } from '#simulators/zoho/options'
import { startZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import type { ZohoSimulator } from '#simulators/zoho/start_zoho_simulator'
import { givenTenant } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { endsWithTest } from '#tests/support/ends_with_test'
import { Person } from '#tests/support/person'

/** Tokens of tests that advance the clock by weeks do not expire on the way. */
const FOREVER = 10 ** 9

export interface ZohoToZoho {
  tenant: Tenant
  service: Service
  source: ZohoSimulator
  target: ZohoSimulator
  /** Somebody who works in the source org with Zoho's own pages. */
  person: Person
  desk: DeliveryDesk
  channel(): Promise<Channel>
  close(): Promise<void>
}

async function givenOrg(tenant: Tenant, name: string, options: Partial<SimulatorOptions>) {
  const simulator = await startZohoSimulator({ tokenLifeSeconds: FOREVER, ...options })
  crossdock.egressAllow.push(new URL(simulator.url).host)
  const environment = connectionEnvironment(simulator.options)
  const file = parseConnectionFile(connectionFile(simulator.url), 'the simulator', environment)
  await applyConnection(tenant, { ...file, name }, null)
  return simulator
}

export function followingDefinition(trigger: ChangeTrigger): ServiceDefinition {
  return {
    name: 'deals-to-deals',
    kind: 'import',
    source: { connection: 'source', stream: 'Deals' },
    target: {
      connection: 'target',
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Order_Ref'] },
    },
    mapping: [
      { to: 'Order_Ref', from: 'id' },
      { to: 'Deal_Name', from: 'Deal_Name' },
      { to: 'Stage', from: 'Stage' },
    ],
    trigger,
  }
}

/**
 * Two simulated orgs, and a service that brings the deals of one into the other as they change.
 * Runners must be up. The simulator posts to this test's own server.
 */
export async function givenZohoToZoho(
  trigger: ChangeTrigger = {},
  options: Partial<SimulatorOptions> = {}
): Promise<ZohoToZoho> {
  const tenant = await givenTenant()
  const source = await givenOrg(tenant, 'source', options)
  const target = await givenOrg(tenant, 'target', { seed: 2 })
  crossdock.publicUrl = baseUrl()
  const definition = followingDefinition(trigger)
  const { service } = await applyService(tenant, definition, { userId: null })
  return {
    ...{ tenant, service, source, target },
    person: await Person.signedInTo(source),
    desk: new DeliveryDesk(),
    channel: () => Channel.query().where('tenantId', tenant.id).firstOrFail(),
    close: endsWithTest(async () => {
      crossdock.publicUrl = null
      await tenant.delete()
      await Promise.all([source.close(), target.close()])
    }),
  }
}
