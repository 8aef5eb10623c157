import type { Webhooks } from '#sdk'
import { parseNotification } from './parse_notification.js'
import { renew, subscribe, unsubscribe } from './subscriptions.js'

/** Zoho grants a week at most, and one hour to whoever asks for a second more. */
const LONGEST = 7 * 24 * 3600 - 600

export const webhooks: Webhooks = {
  changes: ['created', 'updated', 'deleted'],
  longest: LONGEST,
  proof: { in: 'body', name: 'token' },
  parse: parseNotification,
  subscribe,
  renew,
  unsubscribe,
}
