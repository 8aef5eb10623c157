import type { SimulatedOrg } from '../simulated_org.js'

/** Counts of all notifications, and the channels with theirs; no token, no address. */
export function showNotifications(org: SimulatedOrg) {
  const { sent, failed, retried, suppressed, injected, byChannel } = org.notifications
  const channels = [...org.channels.values()].map(({ id, events, expiresAt }) => ({
    channel_id: id,
    events: events.map(({ module, operation }) => `${module}.${operation}`),
    expires_at: new Date(expiresAt).toISOString(),
    is_expired: expiresAt <= org.clock.now(),
    ...(byChannel.get(id) ?? { sent: 0, failed: 0, lastError: null }),
  }))
  const waiting = org.store.listener?.waiting ?? 0
  return { sent, failed, retried, suppressed, injected, waiting, channels }
}

export type NotificationReport = ReturnType<typeof showNotifications>
