import { amount } from './amount.js'
import type { End } from './sync_input.js'

/**
 * How many records an incremental read never sees, since they hold nothing in its field. Null
 * where there can be none, and where the source does not tell for free.
 */
export async function countWithoutCursor(
  { ctx, stream, access }: End,
  name: string
): Promise<number | null> {
  const field = stream.fields.find((each) => each.name === name)
  const isFree = access.count !== undefined && (access.asking?.count ?? 0) === 0
  if (!isFree || field?.nullable === false || !stream.pushdown.includes('=')) return null
  const counted = await access.count?.(ctx, stream, {
    cursor: null,
    fields: stream.key,
    filter: { field: name, op: '=', value: null },
    incremental: null,
    pageSize: 1,
  })
  return counted ?? null
}

export function withoutCursorText(count: number, stream: string, field: string): string {
  return `${amount(count, 'record')} of ${stream} hold nothing in ${field}, by which this service reads what is new: they are never read. Fill it in at the source, or let the service read everything.`
}
