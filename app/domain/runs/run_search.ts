import type { RunState, Trigger } from '#domain/runs/run'

/** What is looked for among a tenant's runs; null where it does not matter. */
export interface RunSearch {
  /** A service of the tenant. */
  service: string | null
  state: RunState | null
  trigger: Trigger | null
  /** Queued between, in milliseconds since the epoch. */
  from: number | null
  to: number | null
  /** Seconds from start to end. */
  longer: number | null
  shorter: number | null
  /** Part of the message it ended by, or of what one of its records failed by: cause, field, repair. */
  error: string | null
  /** The messages of failed records count too. They hold what is in the records. */
  readsMessages?: boolean
  /** Key of a source record, the value that it is matched by, or its id in the target. */
  record: string | null
}

/** A place in the list, between two runs. */
export interface RunPlace {
  queuedAt: number
  id: string
}
