import { escapeIdentifier } from 'pg'
import type { Context } from '#sdk'

/** A table with its schema, for SQL. */
export function placeOf(ctx: Context, table: string): string {
  return `${escapeIdentifier(String(ctx.settings.schema))}.${escapeIdentifier(table)}`
}
