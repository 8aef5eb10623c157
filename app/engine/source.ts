import type { Filter, Json, Page, ReadQuery, RecordValues } from '#sdk'
import { filterOfKeys } from './filter_of_keys.js'
import { flagTerms, isFlagged, unflagged } from './flag_terms.js'
import { givenPages } from './given_pages.js'
import { JobPauses } from './job_pauses.js'
import { keyOf } from './key.js'
import { openSource } from './open_source.js'
import { pushDown } from './push_down.js'
import type { Expression } from './expression.js'
import { viewOf } from './view_of.js'
import type { Run } from './run.js'

/** Divides what the usual jobs and calls hold, so that their borders fall on those of pages. */
export const PAGE_SIZE = 1_000

/** Pages read before they are asked for. */
const AHEAD = 2

/** What is asked of the source: the fields that are used, and as much of the filters as it can do. */
export function readQuery(
  run: Run,
  cursor: Json,
  used: string[],
  filter: Expression | null
): ReadQuery {
  const { source, incremental, only, definition } = run.input
  const { stream } = source
  const { flag } = definition.source
  const always = [
    ...stream.key,
    ...(incremental ? [incremental.field] : []),
    ...(flag ? [flag.field] : []),
  ]
  const wanted = new Set([...always, ...used])
  const fields = stream.fields.map((field) => field.name).filter((name) => wanted.has(name))
  const pushed = filter ? pushDown(filter.ast, stream) : null
  const keys = only ? filterOfKeys(only, stream) : null
  const isOpen = flag && !only ? unflagged(flagTerms(flag, stream), stream) : null
  const filters = [isOpen, pushed, keys && canPush(keys, stream.pushdown) ? keys : null]
  return {
    cursor,
    fields,
    filter: combined(
      filters.filter((each) => each !== null),
      stream.pushdown
    ),
    incremental,
    view: viewOf(stream, definition.source.view) ?? null,
    pageSize: PAGE_SIZE,
  }
}

/** Reads a page or two ahead, and no further: the rest of the run sets the pace. */
export async function* readPages(run: Run, query: ReadQuery): AsyncGenerator<Page> {
  const keeps = choice(run)
  const { given } = run.input
  const opened = given ? givenPages(given, query.cursor) : await openSource(run, query)
  const pages = opened[Symbol.asyncIterator]()
  const ahead: Array<Promise<IteratorResult<Page>>> = []
  let turn: Promise<IteratorResult<Page> | null> = Promise.resolve(null)
  const pauses = new JobPauses(run.input.world)
  const next = (): Promise<IteratorResult<Page>> => {
    const page = turn.then(async (before) => {
      const waiting = before?.value
      if (waiting?.pollAfter !== undefined) {
        await run.input.world.sleep(pauses.length(waiting), pauses.heard)
      }
      pauses.look()
      return pages.next()
    })
    turn = page
    // Whoever awaits it gets the error; until then it must not count as unhandled.
    page.catch(() => undefined)
    return page
  }
  try {
    for (;;) {
      while (ahead.length < AHEAD) ahead.push(next())
      const started = run.input.world.now()
      const page = await Promise.race([ahead.shift(), run.halted])
      run.timings.read += run.input.world.now() - started
      if (!page || page.done) return
      yield keeps ? { ...page.value, records: page.value.records.filter(keeps) } : page.value
    }
  } finally {
    const closed = pages.return?.() ?? Promise.resolve()
    // A source that hangs must not keep a run from ending.
    await Promise.race([closed, run.halted])
  }
}

/** Only what was asked for, or what is not flagged; null where all is wanted. */
function choice({ input }: Run): ((record: RecordValues) => boolean) | null {
  const { stream } = input.source
  if (input.only) {
    const only = new Set(input.only)
    return (record) => only.has(keyOf(record, stream.key))
  }
  const { flag } = input.definition.source
  if (flag === undefined) return null
  const terms = flagTerms(flag, stream)
  return (record) => !isFlagged(record[terms.field], terms)
}

export function canPush(filter: Filter, pushdown: string[]): boolean {
  if ('all' in filter) {
    return pushdown.includes('all') && filter.all.every((each) => canPush(each, pushdown))
  }
  if ('any' in filter) {
    return pushdown.includes('any') && filter.any.every((each) => canPush(each, pushdown))
  }
  return pushdown.includes(filter.op)
}

function combined(filters: Filter[], pushdown: string[]): Filter | null {
  if (filters.length < 2) return filters[0] ?? null
  return pushdown.includes('all') ? { all: filters } : filters[filters.length - 1]
}
