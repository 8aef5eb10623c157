import { ConnectorError } from '#sdk'
import type { Json, Page, ReadQuery, StreamDescription, Value } from '#sdk'
import { keyOf } from '#engine/key'
import { PAGE_SIZE } from '#engine/source'
import { planRead } from '#engine/read_plan'
import { accessTo } from './connector_context.js'
import type { OpenConnector } from './connector_context.js'
import type { ChangedPart, ChangedQuery, DeletedPart, DeletedQuery } from './change_questions.js'

/** Pages that one answer holds: it crosses between threads as a whole. */
const PAGES = 10

/** The field by which changes are found: a stream names it first among its cursors. */
export function sweptField({ title, cursors }: StreamDescription): string {
  if (cursors.length > 0) return cursors[0]
  throw new ConnectorError('config', `${title} has no time by which changes could be found.`)
}

export async function markOf(open: OpenConnector, stream: StreamDescription): Promise<Value> {
  const access = accessTo(open, stream.name)
  if (access.highWater === undefined) {
    throw new ConnectorError('config', `${stream.title} cannot be read by what changed.`)
  }
  return access.highWater(open.ctx, stream, sweptField(stream))
}

/** Keys and times of what changed, as far as one answer reaches. */
export async function readChanged(
  open: OpenConnector,
  { stream, from, until, cursor }: ChangedQuery
): Promise<ChangedPart> {
  const field = sweptField(stream)
  const born = stream.cursors.find((name) => name !== field)
  const query: ReadQuery = {
    cursor: null,
    fields: [...new Set([...stream.key, field, ...(born === undefined ? [] : [born])])],
    filter: null,
    incremental: { field, from, until },
    pageSize: PAGE_SIZE,
  }
  const isSince = (value: Value | undefined) =>
    typeof value === 'string' && Date.parse(value) >= Date.parse(String(from))
  const { pages, mark } = openPages(open, stream, query, cursor)
  const part: ChangedPart = { changes: [], cursor, isOver: true }
  let count = 0
  for await (const page of pages) {
    for (const record of page.records) {
      const isNew = born !== undefined && isSince(record[born])
      part.changes.push({ key: keyOf(record, stream.key), at: record[field] ?? null, isNew })
    }
    part.cursor = mark(page.cursor)
    count += 1
    if (count < PAGES) continue
    part.isOver = false
    break
  }
  return part
}

/** Live, since a snapshot would not hold what was changed last. */
function openPages(
  open: OpenConnector,
  stream: StreamDescription,
  query: ReadQuery,
  cursor: Json
): { pages: AsyncIterable<Page>; mark: (cursor: Json) => Json } {
  const access = accessTo(open, stream.name)
  const routes = access.readRoutes?.(open.ctx, stream) ?? []
  const begun: { route?: Json; cursor?: Json } = Object(cursor ?? {})
  const route =
    routes.find(({ name }) => name === begun.route) ??
    planRead(routes, query, { wish: { live: true }, count: null })?.route
  const from = { ...query, cursor: begun.cursor ?? null }
  if (route !== undefined) {
    const pages = route.read(open.ctx, stream, from)
    return { pages, mark: (at) => ({ route: route.name, cursor: at }) }
  }
  if (access.read === undefined) {
    throw new ConnectorError('config', `${stream.title} cannot be read.`)
  }
  return { pages: access.read(open.ctx, stream, from), mark: (at) => ({ cursor: at }) }
}

/** What was deleted. A connector that cannot tell finds nothing. */
export async function readDeletedPart(
  open: OpenConnector,
  { stream, since, cursor }: DeletedQuery
): Promise<DeletedPart> {
  const access = accessTo(open, stream.name)
  const part: DeletedPart = { deleted: [], cursor, isOver: true }
  if (access.readDeleted === undefined) return part
  let count = 0
  for await (const page of access.readDeleted(open.ctx, stream, { since, cursor })) {
    // Asked before a page is taken: one that ends here is over, and is not begun again.
    if (count === PAGES) return { ...part, isOver: false }
    part.deleted.push(...page.deleted)
    part.cursor = page.cursor
    count += 1
  }
  return part
}
