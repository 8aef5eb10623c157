import type { SimulatedOrg } from '../simulated_org.js'
import type { Channel } from './channel.js'
import { Notifier } from './notifier.js'

/** From the first channel on, the org's writes are told. */
export function startNotifier(org: SimulatedOrg) {
  org.store.listener ??= new Notifier(org)
}

export function keepChannel(org: SimulatedOrg, channel: Channel) {
  org.channels.set(channel.id, channel)
  org.truth?.append({ job: 'channel', id: channel.id, channel })
  startNotifier(org)
}

export function dropChannel(org: SimulatedOrg, id: string) {
  org.channels.delete(id)
  org.truth?.append({ job: 'channel', id, channel: null })
}

/** A channel that is still subscribed. */
export function findChannel(org: SimulatedOrg, id: string) {
  const channel = org.channels.get(id)
  return channel && channel.expiresAt > org.clock.now() ? channel : undefined
}
