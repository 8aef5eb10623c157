import type { RecordValues } from '#sdk'

export type Row = RecordValues & { id: string }

/** A list's or a query's answer. */
export interface RowsReply {
  data?: Row[]
  info?: { more_records?: boolean; next_page_token?: string | null; count?: number }
}
