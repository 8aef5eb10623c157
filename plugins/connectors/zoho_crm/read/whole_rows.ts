import { ConnectorError, type Context, type StreamDescription } from '#sdk'
import { fetchByIds } from './fetch_by_ids.js'
import { fetchSingles } from './fetch_singles.js'
import type { FieldSets } from './field_sets.js'
import type { Row } from './rows_reply.js'

type Part = Map<string, Row>
/** Fetches a further portion of rows that were just read. */
export type FetchPortion = (fields: string[], rows: Row[]) => Promise<Part>

const MOST_ROUNDS = 5

type Stream = Pick<StreamDescription, 'name' | 'title'>

/** The halves of one state of a record as one row; null where they are of two. */
function joined(id: string, parts: Part[], mark: string | null): Row | null {
  const rows = parts.map((part) => part.get(id))
  if (!rows.every((row) => row !== undefined)) return null
  const isTorn = mark !== null && rows.some((row) => row[mark] !== rows[0][mark])
  return isTorn ? null : Object.assign({}, ...rows)
}

function withMark({ singles, mark }: FieldSets) {
  return mark === null ? singles : [...singles, mark]
}

async function afresh(ctx: Context, stream: Stream, sets: FieldSets, ids: string[]) {
  const parts: Part[] = []
  for (const fields of sets.portions) parts.push(await fetchByIds(ctx, stream.name, fields, ids))
  const living = ids.filter((id) => parts[0].has(id))
  if (sets.singles.length > 0) {
    parts.push(await fetchSingles(ctx, stream.name, withMark(sets), living))
  }
  return { parts, living }
}

/**
 * Adds to rows what one call does not show. A record that was edited between two calls is read
 * again until its halves agree; one that is gone by then was deleted meanwhile.
 */
export async function wholeRows(
  ctx: Context,
  stream: Stream,
  sets: FieldSets,
  rows: Row[],
  fetchPortion: FetchPortion
): Promise<Map<string, Row>> {
  const parts: Part[] = [new Map(rows.map((row) => [row.id, row]))]
  if (rows.length === 0 || (sets.portions.length === 1 && sets.singles.length === 0))
    return parts[0]
  for (const fields of sets.portions.slice(1)) parts.push(await fetchPortion(fields, rows))
  if (sets.singles.length > 0) {
    const ids = rows.map(({ id }) => id)
    parts.push(await fetchSingles(ctx, stream.name, withMark(sets), ids))
  }
  const whole: Part = new Map()
  let torn = keep(
    rows.map(({ id }) => id),
    parts,
    sets.mark,
    whole
  )
  for (let round = 0; torn.length > 0; round++) {
    if (round === MOST_ROUNDS) {
      const message = `${torn.length} records of ${stream.title} change faster than they can be read.`
      throw new ConnectorError('transient', message)
    }
    const again = await afresh(ctx, stream, sets, torn)
    torn = keep(again.living, again.parts, sets.mark, whole)
  }
  return whole
}

/** Puts together what agrees; answers the rest. */
function keep(ids: string[], parts: Part[], mark: string | null, whole: Part) {
  return ids.filter((id) => {
    const row = joined(id, parts, mark)
    if (row) whole.set(id, row)
    return row === null
  })
}
