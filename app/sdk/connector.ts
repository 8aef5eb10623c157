import type { Context } from './context.js'
import type { Value } from './record.js'
import type { Page, ReadQuery, StreamDescription, StreamSummary } from './stream.js'
import type { Lookup, Route } from './write.js'

/** One setting or secret of a connection; forms, checks and docs come from it. */
export interface SettingField {
  name: string
  title: string
  type: 'text' | 'integer' | 'boolean' | 'choice'
  required?: boolean
  default?: Value
  choices?: string[]
  /** One sentence for the form. */
  help?: string
}

/**
 * How a connection is authorised. Data, since the server does the dance and a marketplace
 * plugin never sees more than the answer.
 *
 * In `authorizeUrl`, `tokenUrl` and `header` a setting stands as `{name}`, the access token
 * as `{token}`. Secrets of `oauth2` are clientId, clientSecret and refreshToken.
 */
export type Auth =
  | { type: 'none' }
  | { type: 'custom'; secrets: SettingField[] }
  | {
      type: 'oauth2'
      authorizeUrl: string
      tokenUrl: string
      /** The value of the Authorization header. */
      header: string
      /** Fields of the token reply that become settings of the connection, reply name to setting name. */
      keep?: { [reply: string]: string }
      /** How the vendor says that the access token is no longer good. */
      expired: { status: number; codes: string[] }
    }

/** Limits that all runs of a connection share, in calls under way at once. */
export interface Limits {
  concurrency: number
  lanes?: { [lane: string]: number }
}

/**
 * The answer of `check`: ok, or what is wrong and how to mend it. `identity` names the vendor's
 * account; `settings` are what the vendor told of the connection, and are kept with it.
 */
export type CheckResult =
  | {
      ok: true
      message: string
      identity?: string
      limits?: Limits
      settings?: { [name: string]: Value }
    }
  | { ok: false; message: string; field?: string }

/** How the records of a stream are read and written. */
export interface StreamAccess {
  /**
   * Yields pages in a stable order, from `query.cursor` on. Never saves, retries, sleeps or counts.
   * Records that change while it reads may come twice, never not at all.
   */
  read?(ctx: Context, stream: StreamDescription, query: ReadQuery): AsyncIterable<Page>
  /**
   * The highest value of an incremental field that is certainly complete now (usually the
   * vendor's clock). Taken by the engine before a read begins.
   */
  highWater?(ctx: Context, stream: StreamDescription, field: string): Promise<Value>
  /** All ways to write; the engine chooses by price. */
  routes?(stream: StreamDescription): Route[]
  lookup?: Lookup
}

/** A stream known without asking the vendor. */
export interface Stream extends StreamAccess {
  description: StreamDescription
}

/** Streams that only the vendor knows (tables, modules). */
export interface Discovery extends StreamAccess {
  list(ctx: Context): Promise<StreamSummary[]>
  /** Throws ConnectorError `config` when there is no such stream. */
  describe(ctx: Context, name: string): Promise<StreamDescription>
}

export interface Connector {
  title: string
  auth: Auth
  settings: SettingField[]
  /** Settings that follow from a choice: setting name → chosen value → further settings. */
  derived?: { [setting: string]: { [choice: string]: { [name: string]: Value } } }
  /** Used until `check` has told better. Without it calls are not limited. */
  limits?: Limits
  /** Tries the connection as the user gave it. Wrong settings are an answer, not an error. */
  check(ctx: Context): Promise<CheckResult>
  streams?: Stream[]
  discover?: Discovery
}

/** Declares a connector. Returns what it is given; it is here for the types. */
export function defineConnector(connector: Connector): Connector {
  return connector
}

/** Declares a stream that is known without asking the vendor. */
export function defineStream(stream: Stream): Stream {
  return stream
}
