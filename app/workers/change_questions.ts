import type {
  ChangeEvent,
  Channel,
  Json,
  StreamDescription,
  Subscription,
  Value,
  WebhookRequest,
} from '#sdk'

/** Questions about what changed at a vendor, and about being told of it. */
export type ChangeQuestion =
  | { ask: 'subscribe'; channel: Channel }
  | { ask: 'renew'; channel: Channel; handle: Json }
  | { ask: 'unsubscribe'; handle: Json }
  | { ask: 'parse'; requests: WebhookRequest[] }
  | { ask: 'mark'; stream: StreamDescription }
  | ({ ask: 'changed' } & ChangedQuery)
  | ({ ask: 'deleted' } & DeletedQuery)

export interface ChangeAnswers {
  subscribe: Subscription
  renew: Subscription
  unsubscribe: null
  parse: Parsed[]
  mark: Value
  changed: ChangedPart
  deleted: DeletedPart
}

/** The records that changed between two marks, from `cursor` on. */
export interface ChangedQuery {
  stream: StreamDescription
  from: Value
  until: Value
  cursor: Json
}

export interface DeletedQuery {
  stream: StreamDescription
  since: string
  cursor: Json
}

/** Part of what a sweep finds; the next part begins at the cursor. */
export interface ChangedPart {
  changes: Array<{ key: string; at: Value; isNew: boolean }>
  cursor: Json
  isOver: boolean
}

export interface DeletedPart {
  deleted: Array<{ key: string; at: string }>
  cursor: Json
  isOver: boolean
}

/** What a notification told, or why it tells nothing. */
export type Parsed = { events: ChangeEvent[] } | { fault: string }
