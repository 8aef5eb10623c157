import type { Page, ReadQuery, RecordValues, StreamAccess, StreamDescription, Value } from '#sdk'

/** A table that others write to while it is read. `time` is when a row last changed. */
export interface Row {
  id: number
  time: number
  ref: string
  name: string
}

type Position = { time: number; id: number }

/** The bug of #15427 and its kin, kept to show that the property notices it. */
export type Ordering = 'keyset' | 'strict-time'

/**
 * Reads a table in the order of (time, id). Before each page others may write.
 * With `strict-time` it goes on after the time of the last row, and so loses ties.
 */
export function keysetSource(
  table: Row[],
  pageSize: () => number,
  between: () => void,
  ordering: Ordering
): StreamAccess {
  const isAfter = (row: Row, cursor: Position | null): boolean => {
    if (cursor === null) return true
    if (row.time !== cursor.time) return row.time > cursor.time
    return ordering === 'keyset' && row.id > cursor.id
  }
  return {
    read: async function* (_ctx: unknown, _stream: StreamDescription, query: ReadQuery) {
      let cursor = query.cursor as Position | null
      const bounds = query.incremental ?? { from: 0, until: Infinity }
      for (;;) {
        await new Promise(setImmediate)
        between()
        const rows = table
          .filter((row) => row.time >= Number(bounds.from) && row.time <= Number(bounds.until))
          .filter((row) => isAfter(row, cursor))
          .sort((a, b) => a.time - b.time || a.id - b.id)
          .slice(0, pageSize())
        if (rows.length === 0) return
        const last = rows[rows.length - 1]
        cursor = { time: last.time, id: last.id }
        const page: Page = { records: rows.map(asRecord), cursor: { ...cursor } }
        yield page
      }
    },
  }
}

function asRecord(row: Row): RecordValues {
  const record: { [name: string]: Value } = { ...row }
  return record
}
