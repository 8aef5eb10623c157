/** Datetimes are kept as milliseconds, lookups as the id alone, texts as sent. */
export type StoredValue = string | number | boolean | null | readonly string[]
export type StoredValues = Readonly<Record<string, StoredValue>>

export class StoredRecord {
  isDeleted = false

  constructor(
    readonly id: string,
    public values: StoredValues,
    readonly createdAt: number,
    public modifiedAt: number,
    public searchableAt: number
  ) {}
}
