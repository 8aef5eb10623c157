import type {
  Context,
  IncrementalBounds,
  Json,
  RecordValues,
  Route,
  ServiceDefinition,
  StreamAccess,
  StreamDescription,
} from '#sdk'
import type { BrakeLimits } from './brake.js'
import type { Counters } from './counters.js'
import type { FlagReport } from './flag_report.js'
import type { BatchReport, Ledger } from './ledger.js'

/** One end of a service: a stream, how it is reached, and the live context of its connection. */
export interface End {
  ctx: Context
  stream: StreamDescription
  access: StreamAccess
}

export interface TargetEnd extends End {
  routes: Route[]
}

/** Time, chance and waiting come in, so that the engine has none of its own. */
export interface World {
  /** Milliseconds since the epoch. */
  now(): number
  /** 0 to 1. */
  random(): number
  /**
   * Rejects with the signal's reason when the run is cancelled. Given what `heard` said, it ends
   * early once a vendor has called since.
   */
  sleep(milliseconds: number, heard?: number): Promise<void>
  /** How often vendors called to say that a job of this run is over; never, where it is left out. */
  heard?(): number
  /** A short stable digest of a text. */
  hash(text: string): string
}

export interface Progress {
  stage: 'reading' | 'planning' | 'sending' | 'waiting' | 'finished'
  /** Settled so far, with what earlier attempts of this run settled. */
  counters: Counters
  /** Read but not yet settled. */
  underWay: number
  /** `ahead`: of the plan, what is for pages that nobody read yet; absent where others planned them. */
  credits: { planned: number; spent: number; ahead?: number }
}

export interface SyncInput {
  definition: ServiceDefinition
  source: End
  target: TargetEnd
  /** Null reads everything. `from` and `until` are set by the caller, who also keeps them. */
  incremental: IncrementalBounds | null
  /** Only the source records with these keys (a replay); they are sent whatever their hash says. */
  only: string[] | null
  /** The values of those records as a person edited them: they are sent, and the source is not read. */
  given?: RecordValues[] | null
  /** How the source held them before they were edited. */
  givenFrom?: RecordValues[] | null
  /** How many records the last read of the same kind yielded; absent where there was none. */
  likely?: number | null
  /** How many records the source counted just before; absent where it was not asked. */
  counted?: number | null
  /** Those too are skipped where the ledger knows that they have not changed. */
  skipsUnchanged?: boolean
  /** Key and hash of what a person approved: only what is not as it was then counts for the brake. */
  approved?: Array<[key: string, hash: string]> | null
  /** Null lets it change whatever it finds. */
  brake?: BrakeLimits | null
  /** Keys of records that a person wants created, although a search may find some like them. */
  fresh?: string[] | null
  /** Records that the target may be searched for; any number by default. */
  mostSearched?: number
  /** Complete records that are settled without waiting for more; some thousands by default. */
  leastSettled?: number
  /** A person waits: nothing is read by a job at the vendor. */
  isHasty?: boolean
  ledger: Ledger
  world: World
  signal: AbortSignal
  progress(progress: Progress): void
}

export interface SyncReport {
  counters: Counters
  credits: { planned: number; spent: number }
  batches: BatchReport[]
  /** Milliseconds by stage. */
  timings: { read: number; map: number; match: number; send: number; settle: number }
  cursor: Json
  /** Absent where the service has no flag. */
  flags?: FlagReport
}
