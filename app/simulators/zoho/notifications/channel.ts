export const operations = ['create', 'edit', 'delete', 'all'] as const

export interface ChannelEvent {
  module: string
  operation: (typeof operations)[number]
}

/** Fields of a module of which all or one must change for an edit to be told. */
export interface FieldCondition {
  module: string
  isAll: boolean
  parts: (string | Omit<FieldCondition, 'module'>)[]
}

export interface Channel {
  id: string
  events: ChannelEvent[]
  expiresAt: number
  token: string | null
  notifyUrl: string
  returnsValues: boolean
  notifiesOnRelated: boolean
  conditions: FieldCondition[]
  /** `notification_condition` as it was sent. */
  sentConditions: unknown
}
