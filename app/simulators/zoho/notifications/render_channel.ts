import type { SimulatedOrg } from '../simulated_org.js'
import type { Channel } from './channel.js'

/** The address of a module as notifications spell it, of version 2 whatever was called. */
export const resourceUri = (org: SimulatedOrg, module: string) => `${org.url}/crm/v2/${module}`

function renderResource(org: SimulatedOrg, channel: Channel, module: string) {
  return {
    channel_expiry: org.zone.format(channel.expiresAt),
    resource_uri: resourceUri(org, module),
    resource_id: org.moduleReference(module).id,
    resource_name: module,
    channel_id: channel.id,
  }
}

const modulesOf = ({ events }: Channel) => [...new Set(events.map(({ module }) => module))]

/** The events that were granted, as a subscription answers. */
export function renderGranted(org: SimulatedOrg, channel: Channel) {
  return modulesOf(channel).map((module) => renderResource(org, channel, module))
}

/** The channel as it is listed: once per module. */
export function renderChannel(org: SimulatedOrg, channel: Channel) {
  return modulesOf(channel).map((module) => ({
    ...renderResource(org, channel, module),
    events: channel.events
      .filter((event) => event.module === module)
      .map(({ operation }) => `${module}.${operation}`),
    token: channel.token,
    notify_url: channel.notifyUrl,
    notify_on_related_action: channel.notifiesOnRelated,
    return_affected_field_values: channel.returnsValues,
    notification_condition: channel.sentConditions,
  }))
}
