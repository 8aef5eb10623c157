/** What pages call the states and triggers of runs. */
export const STATES: Record<string, string> = {
  queued: 'Queued',
  held: 'Held',
  running: 'Running',
  cancelling: 'Cancelling',
  succeeded: 'Succeeded',
  partial: 'Partial',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
export const TRIGGERS: Record<string, string> = {
  manual: 'By hand',
  schedule: 'Schedule',
  webhook: 'Notification',
  replay: 'Replay',
}

/** An instant as a field for local time takes it. */
export function localOf(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function isoOf(local: string): string | null {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}
