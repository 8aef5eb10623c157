import type { Page, RecordValues, StreamAccess, StreamDescription } from '#sdk'
import type { ReadQuery } from '#sdk'

/** Pages of a list; the cursor is the place in it. */
export function memorySource(
  records: RecordValues[],
  pageSize: (place: number) => number = () => 1_000
): StreamAccess {
  return {
    read: async function* (_ctx: unknown, _stream: StreamDescription, query: ReadQuery) {
      let place = typeof query.cursor === 'number' ? query.cursor : 0
      while (place < records.length) {
        await new Promise(setImmediate)
        const size = Math.max(1, Math.min(pageSize(place), query.pageSize))
        const page: Page = {
          records: records.slice(place, place + size),
          cursor: (place = Math.min(records.length, place + size)),
        }
        yield page
      }
    },
  }
}
