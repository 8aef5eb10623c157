import type {
  Connector,
  Filter,
  Match,
  Operation,
  PluginManifest,
  RecordValues,
  StreamAccess,
  Value,
} from '#sdk'
import type { ConnectionInput, ContextWorld } from '#tests/support/contract_context'

/** The real thing that a connector is tried on, and what is known about it. */
export interface Stage {
  connection: ConnectionInput
  world: ContextWorld
  /** What may be told nowhere, besides the secrets (an access token). */
  hidden?: string[]
  /** Connections that cannot work, and the setting that each should be blamed on. */
  wrong: WrongConnection[]
  reading: ReadingStage[]
  writing: WritingStage[]
  close(): Promise<void>
}

export interface WrongConnection {
  title: string
  settings?: { [name: string]: Value }
  secrets?: { [name: string]: string }
  field: string
}

export interface ReadingStage {
  stream: string
  /** How many there are. Tens are enough, and ties in the incremental field should be among them. */
  records: number
  /** The field that incremental reads are tried with, where the stream has cursors. */
  incremental?: string
  /** Further filters, besides those that the suite makes from the records. */
  filters?: Filter[]
  /**
   * Called between two pages. Edits, inserts, and deletes of what `read` holds, not as many as
   * it inserts: else a reader that counts would go unnoticed.
   */
  disturb?(read: RecordValues[]): Promise<void>
  /** Deletes some of the records and tells the moment before; where deletions can be read. */
  remove?(some: RecordValues[]): Promise<string>
  /** How many jobs to read by the vendor was sent so far; where there are such jobs. */
  jobs?(): number
  flag?: FlagStage
}

/** A field by which records are flagged, where the connector can do that. */
export interface FlagStage {
  field: string
  set: Value
  unset: Value
  /** Changes another field of a record, and unsets its flag in the same step. */
  edit(record: RecordValues): Promise<void>
  remove(record: RecordValues): Promise<void>
}

export interface WritingStage {
  stream: string
  operation: Operation
  match: Match
  /** Write options; only the routes that suit them are tried. */
  options?: { [name: string]: Value }
  /** Sound records that the target does not hold yet; others at each call. */
  records(count: number): RecordValues[]
  /** A record that the target refuses. */
  faulty: RecordValues
  /** Makes the next call run into the vendor's rate limit. */
  limit(): Promise<void>
  /** Makes the next write be done, and its reply be lost. */
  loseReply(): Promise<void>
}

export interface Fixture {
  /** Why the real thing cannot be had here; null if it can. */
  missing(): Promise<string | null>
  open(): Promise<Stage>
}

/** What the clauses are tried on. */
export interface Subject {
  /** Name of the plugin's folder. */
  folder: string
  manifest: PluginManifest
  connector: Connector
  stage: Stage
}

export interface Clause {
  /** "C7" */
  number: string
  title: string
  /** Whether a connector of this kind promises it at all. */
  concerns(connector: Connector): boolean
  /** Throws where the promise is broken. */
  verify(subject: Subject): Promise<void>
}

export const concernsAll = () => true

export function concernsReaders(connector: Connector): boolean {
  return accessesOf(connector).some((access) => access.read ?? access.readRoutes)
}

export function concernsRoutedReaders(connector: Connector): boolean {
  return accessesOf(connector).some((access) => access.readRoutes)
}

export function concernsReadersOfDeletions(connector: Connector): boolean {
  return accessesOf(connector).some((access) => access.readDeleted)
}

export function concernsWriters(connector: Connector): boolean {
  return accessesOf(connector).some((access) => access.routes)
}

export function concernsFlaggers(connector: Connector): boolean {
  return accessesOf(connector).some((access) => access.flagging)
}

function accessesOf({ streams = [], discover }: Connector): StreamAccess[] {
  return discover ? [...streams, discover] : streams
}
