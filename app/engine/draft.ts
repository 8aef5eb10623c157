import type { RecordValues } from '#sdk'

/** A record on its way. Plain data, so that a job's drafts can be stored with its ticket. */
export interface Draft {
  /** The source record's key as one string. */
  key: string
  source: RecordValues
  target: RecordValues
  /** `target` serialised once, for the hash and for sending. */
  json: string
  hash: string
  /** The normalised match value, or its digest where it is long; null where records are not matched by fields. */
  match: string | null
  /** The target's id, where it is known. */
  targetId: string | null
}
