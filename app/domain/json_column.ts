import { column } from '@adonisjs/lucid/orm'

/** A text column that holds plain data as JSON. */
export function json() {
  return column({
    prepare: (value: unknown) =>
      value === null || value === undefined ? null : JSON.stringify(value),
    consume: (value: string | null) => (value === null ? null : JSON.parse(value)),
  })
}
