import { column } from '@adonisjs/lucid/orm'

/** A boolean column; both databases hand back 0 and 1. */
export function flag() {
  return column({ consume: (value: number | boolean | null) => Boolean(value) })
}
