import type { Context, Page, ReadQuery, StreamDescription } from '#sdk'
import { readCursor } from './cursor.js'
import { joinPortions } from './join_portions.js'
import { nextPage } from './next_page.js'
import { plainRecords } from './plain_record.js'
import { wantedFields } from './wanted_fields.js'

export async function* readStream(
  ctx: Context,
  stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  const [first, ...further] = wantedFields(stream, query)
  const plain = plainRecords(stream, [first, ...further].flat())
  let cursor = readCursor(query.cursor)
  while (cursor.at !== 'end') {
    ctx.signal.throwIfAborted()
    const { rows, next } = await nextPage(ctx, stream, query, first, cursor)
    const whole = await joinPortions(ctx, stream, further, rows)
    cursor = next
    if (rows.length > 0) yield { records: whole.map(plain), cursor: next }
  }
}
