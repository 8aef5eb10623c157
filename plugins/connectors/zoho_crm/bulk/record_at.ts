import type { RecordValues } from '#sdk'

/** A record by its place in the batch, which may have too many to hold them all at once. */
export type RecordAt = (index: number) => RecordValues
