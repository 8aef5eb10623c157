/** Datetimes are kept as milliseconds, lookups as the id alone, texts and rows as sent. */
export type StoredValue =
  string | number | boolean | null | readonly string[] | readonly StoredRow[]
export type StoredRow = Readonly<Record<string, unknown>>
export type StoredValues = Readonly<Record<string, StoredValue>>

export class StoredRecord {
  isDeleted = false
  /** Locked by a user, or waiting for somebody's approval: it cannot be changed. */
  hold: 'locked' | 'waiting' | null = null
  /** Users; the org's first one when null. */
  createdBy: string | null = null
  modifiedBy: string | null = null
  /** What search still knows of the record until it is searchable as it is; null: nothing. */
  indexed: StoredValues | null = null

  constructor(
    readonly id: string,
    public values: StoredValues,
    readonly createdAt: number,
    public modifiedAt: number,
    public searchableAt: number
  ) {}
}
