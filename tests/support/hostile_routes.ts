import type { DeletedPage, Json, Page, ReadQuery, ReadRoute } from '#sdk'
import { handOver, hostileRead, remaining } from './hostile_read.js'
import type { HostileShop } from './hostile_shop.js'

/** A way by calls and one by jobs, unless `broken` names a clause to break. */
export function hostileReadRoutes(shop: HostileShop, broken: string | null): ReadRoute[] {
  return [
    {
      name: 'pages',
      kind: 'call',
      maxRecords: 100,
      cost: (records) => (broken === 'C21' ? 100 - records : Math.ceil(records / 10)),
      isSnapshot: false,
      suits: () => true,
      read: (ctx, stream, query) => hostileRead(shop, broken, ctx, stream, query),
    },
    {
      name: 'parcels',
      kind: 'job',
      maxRecords: 1000,
      cost: () => 7,
      isSnapshot: true,
      suits: () => true,
      read: (ctx, _stream, query) => readParcel(shop, broken, ctx.signal, query),
    },
  ]
}

async function* readParcel(
  shop: HostileShop,
  broken: string | null,
  signal: AbortSignal,
  query: ReadQuery
): AsyncGenerator<Page> {
  const { cursor, pageSize } = query
  let [job, from] = Array.isArray(cursor) ? cursor.map(Number) : [-1, 0]
  if (job < 0 || broken === 'C19') {
    job = shop.snapshots.push(remaining(shop, broken, query, null)) - 1
    yield { records: [], cursor: [job, from], pollAfter: 1 }
  }
  for (; from < shop.snapshots[job].length; from += pageSize) {
    signal.throwIfAborted()
    const records = shop.snapshots[job].slice(from, from + pageSize)
    yield { records: records.map((each) => handOver(each, broken)), cursor: [job, from + pageSize] }
  }
}

/** Inclusive, since several deletions share a moment. */
export async function* hostileDeletions(
  shop: HostileShop,
  broken: string | null,
  since: string,
  cursor: Json
): AsyncGenerator<DeletedPage> {
  const from = typeof cursor === 'string' ? cursor : since
  const isNew = ({ at }: { at: string }) => (broken === 'C20' && cursor ? at > from : at >= from)
  const deleted = shop.removals.filter(isNew)
  yield { deleted, cursor: deleted.at(-1)?.at ?? from }
}
