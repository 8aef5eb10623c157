import { ConnectorError, type Channel, type Context, type Json, type Subscription } from '#sdk'
import { zohoInstant } from '../read/zoho_instant.js'
import { callWatch, type WatchEntry } from './call_watch.js'
import { fieldCondition } from './field_condition.js'

const EVENTS = { created: 'create', updated: 'edit', deleted: 'delete' }
const GONE = 'NOT_SUBSCRIBED'
const LONGEST_ADDRESS = 255

function eventsOf({ stream, changes }: Channel): string[] {
  return changes.map((change) => `${stream}.${EVENTS[change]}`)
}

/** The first expiry of all that was granted: from then on something is not told. */
function subscriptionOf(entry: WatchEntry, { number }: Channel): Subscription {
  const ends = (entry.details?.events ?? []).flatMap(({ channel_expiry: at }) => at ?? [])
  const times = ends.map((at) => Date.parse(at)).filter((at) => !Number.isNaN(at))
  if (times.length === 0) {
    throw new ConnectorError('transient', 'Zoho did not say how long it tells of changes.')
  }
  return { handle: { channel: number }, until: new Date(Math.min(...times)).toISOString() }
}

function refused({ code, message, details }: WatchEntry, stream: string): ConnectorError {
  const field = details?.api_name === undefined ? '' : ` (${details.api_name})`
  return new ConnectorError(
    'config',
    `Zoho does not tell of changes in ${stream}: ${message} [${code}]${field}.`
  )
}

/** The same number again replaces the channel. Changes of related records are not told as its own. */
export async function subscribe(ctx: Context, channel: Channel): Promise<Subscription> {
  if (channel.url.length > LONGEST_ADDRESS) {
    throw new ConnectorError(
      'config',
      `Zoho posts to addresses of ${LONGEST_ADDRESS} characters at most: shorten PUBLIC_URL.`
    )
  }
  const condition = await fieldCondition(ctx, channel)
  const body = {
    channel_id: channel.number,
    events: eventsOf(channel),
    channel_expiry: zohoInstant(channel.until, 'down'),
    token: channel.token,
    notify_url: channel.url,
    return_affected_field_values: channel.fields.length > 0,
    notify_on_related_action: false,
    ...(condition === null ? {} : { notification_condition: [condition] }),
  }
  const entry = await callWatch(ctx, { method: 'POST', body })
  if (entry.status !== 'error') return subscriptionOf(entry, channel)
  throw refused(entry, channel.stream)
}

export async function renew(ctx: Context, channel: Channel): Promise<Subscription> {
  const body = {
    channel_id: channel.number,
    events: eventsOf(channel),
    channel_expiry: zohoInstant(channel.until, 'down'),
    token: channel.token,
  }
  const entry = await callWatch(ctx, { method: 'PATCH', body })
  if (entry.status !== 'error') return subscriptionOf(entry, channel)
  throw refused(entry, channel.stream)
}

export async function unsubscribe(ctx: Context, handle: Json): Promise<void> {
  const number: unknown = Reflect.get(Object(handle), 'channel')
  if (typeof number !== 'string') return
  const entry = await callWatch(ctx, { method: 'DELETE', query: `?channel_ids=${number}` })
  if (entry.status === 'error' && entry.code !== GONE) throw refused(entry, 'this module')
}
