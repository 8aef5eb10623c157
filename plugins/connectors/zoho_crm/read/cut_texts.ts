import type { Context, StreamDescription } from '#sdk'
import { fetchSingles } from './fetch_singles.js'
import { isJoined } from './joined_name.js'
import type { Row } from './rows_reply.js'

/** Lists show so much of a rich text, and do not say that there is more. */
const CUT_AT = 500

function isCut(row: Row, name: string) {
  const value = row[name]
  return typeof value === 'string' && value.length === CUT_AT
}

/** Reads those records singly whose long texts end where Zoho cuts them. */
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
  const whole = await fetchSingles(ctx, stream.name, long, ids)
  for (const id of ids) {
    const row = rows.get(id)
    if (row) rows.set(id, { ...row, ...whole.get(id) })
  }
}
