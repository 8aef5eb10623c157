import type { Context } from './context.js'
import type { Json } from './record.js'

export type ChangeKind = 'created' | 'updated' | 'deleted'

/** What a vendor is asked to tell, of one stream. */
export interface Channel {
  /** Up to 15 digits, unique in this installation. */
  number: string
  stream: string
  changes: ChangeKind[]
  /** Only changes of these fields are wanted; all where it is empty. */
  fields: string[]
  /** Where the vendor posts to. Ends in a part that cannot be guessed. */
  url: string
  /** At most 50 characters that cannot be guessed, of this channel alone. */
  token: string
  /** Until when it is wanted, ISO 8601. The vendor may grant less. */
  until: string
}

/** What the vendor granted. `handle` is plain data for `renew` and `unsubscribe`. */
export interface Subscription {
  handle: Json
  /** ISO 8601. */
  until: string
}

/** A received request, its body as text. Header names are lower case. */
export interface WebhookRequest {
  headers: { [name: string]: string }
  query: { [name: string]: string }
  body: string
}

/** Records of a stream that changed. A hint only: they are read again before anything is done. */
export interface ChangeEvent {
  stream: string
  change: ChangeKind
  keys: string[]
  /** The fields that changed, where the vendor tells. */
  fields?: string[]
  /** When it happened by the vendor's clock, ISO 8601, where the vendor tells. */
  at?: string
}

/** How a vendor tells of changes. */
export interface Webhooks {
  changes: ChangeKind[]
  /** The longest life of a subscription, in seconds. */
  longest: number
  /**
   * Where a request proves its origin: a header, a query parameter or a field of its JSON body,
   * which must equal the channel's token. The server compares, in constant time.
   */
  proof: { in: 'header' | 'query' | 'body'; name: string }
  /** What a request tells. Pure. Throws ConnectorError `fatal` when it is no such request. */
  parse(request: WebhookRequest): ChangeEvent[]
  /** The vendor calls made are the connector's business; doing it twice does no harm. */
  subscribe(ctx: Context, channel: Channel): Promise<Subscription>
  /** Throws ConnectorError `config` when the subscription is gone: then it is made anew. */
  renew(ctx: Context, channel: Channel, handle: Json): Promise<Subscription>
  /** A subscription that is gone already is no error. */
  unsubscribe(ctx: Context, handle: Json): Promise<void>
}
