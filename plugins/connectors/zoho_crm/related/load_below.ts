import type { Context, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import { mendCutTexts } from '../read/cut_texts.js'
import { fieldsOf } from '../read/fulfils.js'
import { keeper } from '../read/keeper.js'
import { plainRecords } from '../read/plain_record.js'
import type { Row } from '../read/rows_reply.js'
import { wholeRows } from '../read/whole_rows.js'
import { fetchRelated } from './fetch_related.js'
import { LINK } from './file_fields.js'
import { compareIds } from './parent_ids.js'
import { PARENT, relatedName } from './related_name.js'
import { relatedSets } from './related_sets.js'

/** Answers the records below one, in the order of ids, as a query wants them. */
export function loadBelow(ctx: Context, stream: StreamDescription, query: ReadQuery) {
  const related = relatedName(stream.name)
  if (related === null) throw new Error(`${stream.name} is no related list`)
  const sets = relatedSets(stream, query)
  const module = { ...stream, name: stream.within?.[1] ?? related.list }
  const plain = plainRecords(stream, sets.names)
  const keep = keeper(stream, query, sets)
  const asksLink = [...query.fields, ...fieldsOf(query.filter)].includes(LINK)
  const shown = (row: Row, parent: string): RecordValues => ({
    ...plain(row),
    [PARENT.name]: parent,
    ...(asksLink ? { [LINK]: row.$link_url ?? null } : {}),
  })
  return async (parent: string): Promise<RecordValues[]> => {
    const [first] = sets.portions
    const listed = await fetchRelated(ctx, related, parent, first)
    const rows = [...listed.values()]
    const whole = await wholeRows(ctx, module, sets, rows, (fields) =>
      fetchRelated(ctx, related, parent, fields)
    )
    await mendCutTexts(ctx, module, sets.names, whole)
    const ordered = [...whole.values()].sort((a, b) => compareIds(a.id, b.id))
    return keep(ordered.map((row) => shown(row, parent)))
  }
}
