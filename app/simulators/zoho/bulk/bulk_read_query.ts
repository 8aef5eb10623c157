/** A criterion or a group of them, as it is sent. */
export interface ReadCriteria {
  field?: unknown
  comparator?: unknown
  value?: unknown
  group_operator?: unknown
  group?: unknown
}

export type FileType = 'csv' | 'ics'

/** What a bulk read wants, once a page token is resolved. */
export interface BulkReadQuery {
  module: string
  /** Empty for all fields. */
  fields: string[]
  criteria: ReadCriteria | null
  cvid: string | null
  page: number
  /** Id behind which the page starts, when it was asked for by token. */
  after: string | null
}
