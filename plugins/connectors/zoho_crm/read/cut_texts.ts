import type { Context, StreamDescription } from '#sdk'
import { fetchSingles } from './fetch_singles.js'
import { ATTACHMENTS } from '../files/attachments_field.js'
import { MOST_FIELDS } from './field_sets.js'
import { baseOf, isJoined } from './joined_name.js'
import type { Row } from './rows_reply.js'

/** Lists show so much of a rich text, and do not say that there is more. */
const CUT_AT = 500

function isCut(row: Row, name: string) {
  const value = row[name]
  return typeof value === 'string' && value.length === CUT_AT
}

/** All that a record shows of itself; null where that is more than a call may name. */
function own(names: string[]) {
  const fields = [...new Set(names.map(baseOf))].filter((name) => name !== ATTACHMENTS)
  return fields.length > MOST_FIELDS ? null : fields
}

/**
 * Reads those records singly whose long texts end where Zoho cuts them: all of each, since it may
 * have been edited meanwhile. One that is gone by then is left out.
 */
export async function mendCutTexts(
  ctx: Context,
  stream: StreamDescription,
  names: string[],
  rows: Map<string, Row>
): Promise<void> {
  const long = stream.fields
    .filter(({ type, maxLength }) => type === 'text' && (maxLength ?? Infinity) > CUT_AT)
    .map(({ name }) => name)
    .filter((name) => names.includes(name) && !isJoined(name))
  if (long.length === 0) return
  const cut = [...rows.values()].filter((row) => long.some((name) => isCut(row, name)))
  if (cut.length === 0) return
  const ids = cut.map(({ id }) => id)
  const whole = await fetchSingles(ctx, stream.name, own(names), ids)
  for (const id of ids) {
    const found = whole.get(id)
    if (found) rows.set(id, { ...rows.get(id), ...found })
    else rows.delete(id)
  }
}
