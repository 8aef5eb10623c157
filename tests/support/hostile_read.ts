import type { Context, Filter, Json, Page, ReadQuery, RecordValues, StreamDescription } from '#sdk'
import type { HostileShop } from './hostile_shop.js'

/** Reads by keyset, unless `broken` names a clause to break. */
export async function* hostileRead(
  shop: HostileShop,
  broken: string | null,
  ctx: Context,
  _stream: StreamDescription,
  query: ReadQuery
): AsyncGenerator<Page> {
  ctx.signal.throwIfAborted()
  const line = await ctx.openFile('line')
  try {
    let { cursor } = query
    for (;;) {
      ctx.signal.throwIfAborted()
      const rest = remaining(shop, broken, query, cursor)
      const page = rest.slice(broken === 'C6' && cursor === query.cursor && cursor ? 1 : 0)
      const records = page.slice(0, query.pageSize + (broken === 'C5' ? 1 : 0))
      if (records.length === 0) return
      cursor = cursorAfter(records, broken, cursor)
      yield { records: records.map((record) => handOver(record, broken)), cursor }
    }
  } finally {
    if (broken !== 'C14') line.destroy()
  }
}

export function remaining(
  shop: HostileShop,
  broken: string | null,
  { filter, incremental }: ReadQuery,
  cursor: Json
): RecordValues[] {
  const things = shop.matching(
    broken === 'C10' ? loosened(filter) : filter,
    incremental ? 'at' : 'id'
  )
  const wanted = things.filter(({ at }) => {
    if (incremental === null) return true
    const isBefore = broken === 'C9' ? at! < incremental.until! : at! <= incremental.until!
    return (incremental.from === null || at! >= incremental.from) && isBefore
  })
  if (!Array.isArray(cursor)) return wanted
  if (broken === 'C7') return wanted.slice(Number(cursor[2]))
  const [lastAt, lastId] = cursor
  if (incremental === null) return wanted.filter(({ id }) => id! > lastId!)
  if (broken === 'C8') return wanted.filter(({ at }) => at! > lastAt!)
  return wanted.filter(({ at, id }) => at! > lastAt! || (at === lastAt && id! > lastId!))
}

function cursorAfter(records: RecordValues[], broken: string | null, before: Json): Json {
  const last = records[records.length - 1]
  const count = (Array.isArray(before) ? Number(before[2]) : 0) + records.length
  return broken === 'C7' ? [last.at, last.id, count] : [last.at, last.id, 0]
}

/** What a database's collation would do. */
function loosened(filter: Filter | null): Filter | null {
  if (filter === null || !('op' in filter) || filter.op !== '=') return filter
  if (typeof filter.value !== 'string') return filter
  const spellings = ['Ann', 'ann'].filter(
    (name) => name.toLowerCase() === String(filter.value).toLowerCase()
  )
  return { field: filter.field, op: 'in', values: [filter.value, ...spellings] }
}

export function handOver(record: RecordValues, broken: string | null): RecordValues {
  if (broken !== 'C16') return { ...record }
  return Object.assign({ ...record }, { at: new Date(String(record.at)) })
}
