import type { MessagePort } from 'node:worker_threads'
import type {
  CheckResult,
  ErrorKind,
  IncrementalBounds,
  Json,
  NewStream,
  RecordValues,
  RefusalCause,
  ServiceDefinition,
  StreamDescription,
  StreamSummary,
  Value,
} from '#sdk'
import type { ChangeAnswers, ChangeQuestion } from './change_questions.js'
import type { BrakeLimits } from '#engine/brake'
import type { Counters } from '#engine/counters'
import type { Matched, Settlement } from '#engine/ledger'
import type { LossyReport } from '#engine/lossy_report'
import type { NextPrice } from '#engine/next_price'
import type { Preview, PreviewWish } from '#engine/preview'
import type { Problem } from '#engine/problem'
import type { Progress, SyncReport } from '#engine/sync_input'
import type { RunPrice } from './price_run.js'
import type { RequestReport } from './requests/request_note.js'
import type { WireLinks } from './wire_links.js'
import type {
  FoundValues,
  MappingTrial,
  SampleQuery,
  TrialQuery,
  ValuesQuery,
  Ways,
} from './builder_queries.js'

/** A connection as a runner sees it: no refresh token, and secrets only where the connector's auth is `custom`. */
export interface ConnectionGrant {
  id: string
  connector: string
  settings: { [name: string]: Value }
  secrets: { [name: string]: string }
}

/** What all work of a runner shares: where files and plugins are, and what may be reached. */
export interface Grounds {
  pluginsRoot: string
  /** The tenant's own folder of uploaded files. */
  filesRoot: string
  egressAllow: string[]
}

export interface Lease {
  serviceId: string
  runId: string
  token: string
}

export interface EndGrant {
  connection: ConnectionGrant
  stream: StreamDescription
}

export interface Assignment {
  lease: Lease
  grounds: Grounds
  definition: ServiceDefinition
  source: EndGrant
  target: EndGrant
  /** Up to where the service has read for certain. */
  position: Value
  /** The bounds this run began with, where it was interrupted before. */
  bounds: IncrementalBounds | null
  only: string[] | null
  /** What a person made of those records; the source is not read then. */
  given?: RecordValues[] | null
  /** How the source held them before. */
  givenFrom?: RecordValues[] | null
  /** Keys of records that are created although the target holds some like them. */
  fresh?: string[] | null
  likely?: number | null
  counted?: number | null
  skipsUnchanged?: boolean
  approved?: Array<[key: string, hash: string]> | null
  /** Null lets it change whatever it finds. */
  brake?: BrakeLimits | null
  /** Where vendors may say that a job of this run is over. */
  callbackUrl?: string | null
}

/** Questions that need a connector but no run. */
export type Inquiry =
  | { ask: 'check'; grounds: Grounds; connection: ConnectionGrant }
  | { ask: 'list'; grounds: Grounds; connection: ConnectionGrant }
  | { ask: 'describe'; grounds: Grounds; connection: ConnectionGrant; stream: string }
  | { ask: 'create'; grounds: Grounds; connection: ConnectionGrant; stream: NewStream }
  | {
      ask: 'review'
      grounds: Grounds
      definition: ServiceDefinition
      source: EndGrant
      target: EndGrant
    }
  | { ask: 'preview'; assignment: Assignment; wish: PreviewWish }
  | { ask: 'losses'; assignment: Assignment; most: number }
  | { ask: 'price'; assignment: Assignment }
  | { ask: 'next'; assignment: Assignment }
  | {
      ask: 'act'
      grounds: Grounds
      connection: ConnectionGrant
      action: string
      inputs: { [input: string]: Value }
    }
  | (ChangeQuestion & { grounds: Grounds; connection: ConnectionGrant })
  | { ask: 'ways'; grounds: Grounds; connection: ConnectionGrant; stream: StreamDescription }
  | ({ ask: 'sample'; grounds: Grounds; connection: ConnectionGrant } & SampleQuery)
  | ({ ask: 'values'; grounds: Grounds; connection: ConnectionGrant } & ValuesQuery)
  | ({ ask: 'try' } & TrialQuery)

/** What came of an action. Wrong inputs are an answer, and cost no call. */
export type ActionAnswer =
  | { ok: true; value: Value; milliseconds: number; calls: number; credits: number }
  | { ok: false; problems: { [input: string]: string } }

export interface Answers extends ChangeAnswers {
  check: CheckResult
  list: StreamSummary[]
  describe: StreamDescription
  create: StreamDescription
  review: Problem[]
  preview: Preview
  losses: LossyReport
  /** Null where the source does not count its records. */
  price: RunPrice | null
  next: NextPrice | null
  act: ActionAnswer
  ways: Ways
  sample: RecordValues[]
  values: FoundValues
  try: MappingTrial
}

/** A settlement on its way between threads: its links and a job's drafts are packed. */
export interface WireSettlement extends Omit<Settlement, 'links' | 'job'> {
  links: WireLinks
  job?: { id: string; route: string; ticket: Json; records: number; manifest: Uint8Array }
}

export interface WireCheckpoint {
  /** The service has no link at all yet, so that only this run's own records can be known. */
  isFresh: boolean
  cursor: Json
  counters: Counters
  ahead?: number
  plannedAgain?: number
  jobs: Array<{
    id: string
    route: string
    ticket: Json
    manifest: Uint8Array
    isOfEarlierRun: boolean
  }>
}

/** What a runner may ask the server for. Implemented by the domain. */
export interface Ports {
  ledger: {
    open(lease: Lease): Promise<WireCheckpoint>
    /** With the records that the bounds leave out since they hold nothing there, where that is known. */
    begin(lease: Lease, bounds: IncrementalBounds, withoutCursor: number | null): Promise<void>
    match(lease: Lease, keys: string[], matches: Array<string | null>): Promise<Matched[]>
    intend(lease: Lease, links: WireLinks): Promise<void>
    settle(lease: Lease, settlement: WireSettlement): Promise<void>
  }
  requests: {
    /** Keeps calls of a run for its history. */
    keep(lease: Lease, report: RequestReport): Promise<void>
  }
  token: {
    /** The value of the Authorization header; `stale` is one the vendor has refused. */
    get(connectionId: string, stale: string | null): Promise<{ header: string; expiresAt: number }>
  }
  quota: {
    /** Waits for a place among the calls under way. It may be used again and again until `until`. */
    acquire(connectionId: string, lane: string | null): Promise<{ until: number }>
    release(connectionId: string, lane: string | null): void
    /** Counts calls that were sent and what they cost; both negative for one that cost nothing. */
    spend(connectionId: string, runId: string | null, credits: number, calls: number): void
    /** Throws where a dear call would eat into the credits that are kept back. */
    afford(connectionId: string, runId: string | null, credits: number): Promise<void>
    /** What the vendor says is left of the credits. */
    told(connectionId: string, remaining: number): void
    /** The vendor refused a call for rate. */
    refused(connectionId: string, lane: string | null, cause: RefusalCause): void
  }
}

/** An error as it crosses a thread border. */
export interface WireError {
  name: string
  message: string
  kind: ErrorKind | 'lease_lost' | 'cancelled' | 'held' | 'surprise'
  detail: string | null
  retryAfter: number | null
}

export type ToRunner =
  | { type: 'run'; assignment: Assignment }
  | { type: 'inquire'; id: number; inquiry: Inquiry }
  | { type: 'cancel'; token: string }
  /** A vendor says that a job of the run is over. */
  | { type: 'called'; token: string }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refuse'; id: number; error: WireError }
  /** It will be ended: nothing is gathered any more. */
  | { type: 'farewell' }

/** What a runner says of a run names the lease it was given with it: the run may long be another's. */
export type FromRunner =
  | { type: 'ready' }
  | { type: 'alive' }
  /** All that was gathered is told. */
  | { type: 'told' }
  | { type: 'progress'; token: string; progress: Progress }
  | { type: 'finished'; token: string; report: SyncReport }
  | { type: 'stopped'; token: string; error: WireError }
  | { type: 'answered'; id: number; value: unknown }
  | { type: 'refused'; id: number; error: WireError }
  | { type: 'request'; id: number; port: keyof Ports; method: string; args: unknown[] }
  | { type: 'notice'; port: keyof Ports; method: string; args: unknown[] }
  | { type: 'log'; level: 'info' | 'warn'; message: string; fields: { [name: string]: Value } }

/** The first message to a thread: its line to the server. */
export interface Opening {
  port: MessagePort
  /** Milliseconds between signs of life. */
  pulse: number
  /** Whose connectors are loaded ahead of the first run; null where threads do not live that long. */
  warmFrom: string | null
}
