import { DateTime } from 'luxon'

/** An instant as pages get it: ISO 8601 in UTC. Milliseconds come from queries without a model. */
export function instantText(instant: DateTime | number | null | undefined): string | null {
  if (instant === null || instant === undefined) return null
  const time = typeof instant === 'number' ? DateTime.fromMillis(instant) : instant
  return time.toUTC().toISO()
}
