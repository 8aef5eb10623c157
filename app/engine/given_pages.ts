import type { Json, Page, RecordValues } from '#sdk'

const PER_PAGE = 1_000

/** Records that came with the run, read as a source would be: a run that stopped goes on after the last settled one. */
export async function* givenPages(records: RecordValues[], cursor: Json): AsyncGenerator<Page> {
  for (let at = placeIn(cursor); at < records.length; at += PER_PAGE) {
    const page = records.slice(at, at + PER_PAGE)
    yield { records: page, cursor: { given: at + page.length } }
  }
}

function placeIn(cursor: Json): number {
  const isPlace = typeof cursor === 'object' && cursor !== null && !Array.isArray(cursor)
  return isPlace && typeof cursor.given === 'number' ? cursor.given : 0
}
