/** What became of the notifications of an org. */
export class NotificationCounts {
  sent = 0
  failed = 0
  /** Sent again after a failure. */
  retried = 0
  /** Told by nobody: the channel was over, its condition not met, or a fault struck. */
  readonly suppressed = { expired: 0, condition: 0, dropped: 0, overflow: 0 }
  readonly injected = { duplicated: 0, disordered: 0 }
  readonly byChannel = new Map<string, { sent: number; failed: number; lastError: string | null }>()

  count(channel: string, error: string | null) {
    const counts = this.byChannel.get(channel) ?? { sent: 0, failed: 0, lastError: null }
    if (error === null) {
      this.sent += 1
      counts.sent += 1
    } else {
      this.failed += 1
      counts.failed += 1
      counts.lastError = error
    }
    this.byChannel.set(channel, counts)
  }
}
