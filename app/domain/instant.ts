import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'

/**
 * A column that holds an instant as milliseconds since the epoch: the same bytes, order and
 * precision on both databases, whatever the time zone of server and session.
 */
export function instant() {
  return column({
    prepare: (value: DateTime | null | undefined) => value?.toMillis() ?? null,
    consume: (value: number | string | null) =>
      value === null ? null : DateTime.fromMillis(Number(value), { zone: 'utc' }),
  })
}
