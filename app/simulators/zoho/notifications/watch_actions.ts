import type { RowReply } from '../records/row_reply.js'
import type { Call, Reply } from '../server/call.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { Channel } from './channel.js'
import { dropChannel, findChannel, keepChannel } from './keep_channel.js'
import { changeChannel, readChannel, readChannelId } from './read_channel.js'
import { renderGranted } from './render_channel.js'
import { watchEntries } from './watch_entries.js'
import { WatchFault } from './watch_fault.js'

const subscribed = 'Successfully subscribed for actions-watch of the given module'
const updated = 'Successfully updated the subscribe details'
const removed = 'Successfully removed the subscribe details'

function granted(org: SimulatedOrg, channel: Channel, message: string): RowReply {
  keepChannel(org, channel)
  const details = { events: renderGranted(org, channel) }
  return { code: 'SUCCESS', details, message, status: 'success' }
}

function demand(org: SimulatedOrg, sent: Record<string, unknown>, path: string) {
  const id = readChannelId(sent, path)
  const channel = findChannel(org, id)
  if (channel) return channel
  throw new WatchFault('NOT_SUBSCRIBED', { channel_id: id, json_path: `${path}.channel_id` })
}

export function watch(call: Call): Reply {
  return watchEntries(call, 201, (sent, path) =>
    granted(call.org, readChannel(call.org, sent, path), subscribed)
  )
}

export function replaceWatch(call: Call): Reply {
  const { org } = call
  return watchEntries(call, 200, (sent, path) => {
    demand(org, sent, path)
    return granted(org, readChannel(org, sent, path), updated)
  })
}

export function changeWatch(call: Call): Reply {
  const { org } = call
  return watchEntries(call, 200, (sent, path) => {
    const channel = changeChannel(org, demand(org, sent, path), sent, path)
    if (channel.events.length > 0) {
      return granted(org, channel, sent._delete_events === true ? removed : updated)
    }
    dropChannel(org, channel.id)
    return { code: 'SUCCESS', details: { events: [] }, message: removed, status: 'success' }
  })
}
