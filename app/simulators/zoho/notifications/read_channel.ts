import type { SimulatedOrg } from '../simulated_org.js'
import type { Channel } from './channel.js'
import { readConditions } from './read_conditions.js'
import { readEvents } from './read_events.js'
import { readExpiry } from './read_expiry.js'
import { WatchFault } from './watch_fault.js'

type Sent = Record<string, unknown>

const LONGEST_TOKEN = 50
const LONGEST_URL = 255

export function readChannelId({ channel_id: id }: Sent, path: string) {
  const details = { api_name: 'channel_id', json_path: `${path}.channel_id` }
  if (id === undefined || id === null) throw new WatchFault('MANDATORY_NOT_FOUND', details)
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id
  if (typeof text === 'string' && /^\d{1,19}$/.test(text)) return text
  throw new WatchFault('INVALID_DATA', { ...details, expected_data_type: 'long' })
}

function readToken({ token }: Sent, path: string) {
  if (token === undefined || token === null) return null
  if (typeof token === 'string' && token.length <= LONGEST_TOKEN) return token
  throw new WatchFault('INVALID_DATA', {
    api_name: 'token',
    json_path: `${path}.token`,
    maximum_length: LONGEST_TOKEN,
  })
}

function readUrl({ notify_url: url }: Sent, path: string) {
  const details = { api_name: 'notify_url', json_path: `${path}.notify_url` }
  if (url === undefined || url === null) throw new WatchFault('MANDATORY_NOT_FOUND', details)
  if (typeof url !== 'string' || !URL.canParse(url)) throw new WatchFault('INVALID_DATA', details)
  if (url.length <= LONGEST_URL) return url
  throw new WatchFault('INVALID_DATA', { ...details, maximum_length: LONGEST_URL })
}

/** A whole channel, as POST and PUT want it. */
export function readChannel(org: SimulatedOrg, sent: Sent, path: string): Channel {
  return {
    id: readChannelId(sent, path),
    events: readEvents(org, sent.events, path),
    expiresAt: readExpiry(org, sent.channel_expiry, path),
    token: readToken(sent, path),
    notifyUrl: readUrl(sent, path),
    returnsValues: sent.return_affected_field_values === true,
    notifiesOnRelated: sent.notify_on_related_action !== false,
    conditions: readConditions(org, sent.notification_condition, path),
    sentConditions: sent.notification_condition ?? null,
  }
}

const eventKey = ({ module, operation }: Channel['events'][number]) => `${module}.${operation}`

/** A channel with the keys that are sent changed; `_delete_events` takes events away. */
export function changeChannel(org: SimulatedOrg, before: Channel, sent: Sent, path: string) {
  const has = (name: string) => sent[name] !== undefined
  const named = has('events') ? readEvents(org, sent.events, path) : []
  const names = new Set(named.map(eventKey))
  const kept = before.events.filter((event) => !names.has(eventKey(event)))
  const after: Channel = {
    ...before,
    events: sent._delete_events === true ? kept : [...kept, ...named],
    expiresAt: has('channel_expiry')
      ? readExpiry(org, sent.channel_expiry, path)
      : before.expiresAt,
    token: has('token') ? readToken(sent, path) : before.token,
    notifyUrl: has('notify_url') ? readUrl(sent, path) : before.notifyUrl,
  }
  if (has('return_affected_field_values')) {
    after.returnsValues = sent.return_affected_field_values === true
  }
  if (has('notify_on_related_action')) {
    after.notifiesOnRelated = sent.notify_on_related_action !== false
  }
  if (has('notification_condition')) {
    after.conditions = readConditions(org, sent.notification_condition, path)
    after.sentConditions = sent.notification_condition
  }
  return after
}
