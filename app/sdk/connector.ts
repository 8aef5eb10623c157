import type { Action } from './action.js'
import type { Context } from './context.js'
import type { Flagging } from './flagging.js'
import type { Json, Value } from './record.js'
import type { FoundReferences, PlannedWrite, ReferencePrice } from './references.js'
import type { Search } from './search.js'
import type {
  DeletedPage,
  NewStream,
  Page,
  ReadQuery,
  ReadRoute,
  StreamDescription,
  StreamSummary,
} from './stream.js'
import type { Webhooks } from './webhooks.js'
import type { Lookup, Match, Route, WriteBatch } from './write.js'

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
  /** What a text must look like: a regular expression for the whole of it, and how a person calls that ("a whole address that begins with https://"). */
  pattern?: { source: string; says: string }
  /** Least and greatest value of an integer. */
  min?: number
  max?: number
  /** Few people need it: forms show it apart. */
  advanced?: boolean
  /** The vendor tells it at sign-in or in the check, so that a new sign-in may bring another value. */
  told?: boolean
}

/** What a connection is wanted for. */
export type ScopeUse = 'read' | 'write' | 'delete' | 'bulk' | 'notifications' | 'files'

/**
 * What an authorisation may ask for, so that no more is asked than is needed.
 *
 * `{stream}.` within a scope stands for the scope name of a stream, and is left out where all
 * streams are meant. A granted scope `a.b.READ` covers `a.b.c.READ`; `ALL` as the last part
 * covers every one, and `WRITE` covers `CREATE` and `UPDATE`. Case does not matter.
 */
export interface Scopes {
  /** What every connection needs: to describe streams and to know the account. */
  always: string[]
  uses: Array<{ name: ScopeUse; title: string; help?: string; scopes: string[] }>
  /** The scope names of streams. Streams that are not listed share `otherStreams`. */
  streams: { [stream: string]: string }
  otherStreams: string
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
      /** Sent to `authorizeUrl` besides what every vendor needs. */
      authorizeParams?: { [name: string]: string }
      scopes?: Scopes
      /** What stands between scopes; a blank by default. */
      scopeSeparator?: string
      /** Where a refresh token is handed back when its connection ends. */
      revokeUrl?: string
      /**
       * For vendors with several data centres: the callback's parameters that name the user's
       * place and its sign-in server, and the setting that chooses one. The places are those of
       * `derived[setting]`; a server is believed only if it is `derived[setting][place][url]`.
       */
      places?: { place: string; server: string; setting: string; url: string }
      /** The vendor also shows codes to copy, without a callback; one sentence on where. */
      pastedCode?: { help: string }
      /** The vendor also knows the grant client_credentials: further parameters, and the settings they need. */
      clientCredentials?: { params: { [name: string]: string }; needs: string[]; help: string }
      /** How many refresh tokens of one client and user live; one more silently ends the oldest. */
      mostConsents?: number
    }

/** Limits that all runs of an account at the vendor share. */
export interface Limits {
  /** Calls under way at once. */
  concurrency: number
  /** Of those, the calls of one lane. */
  lanes?: { [lane: string]: number }
  /** Most credits within any 24 hours; each comes back a day after it was spent. */
  dailyCredits?: number
  /** The reply header, in lower case, that says how many credits are left. Declared only. */
  remainingHeader?: string
  /** How a refused call tells which limit it hit. Declared only. */
  refusal?: Refusal
}

/** The limit that a refused call hit: all calls at once, those of its lane, or the credits. */
export type RefusalCause = 'concurrency' | 'lane' | 'credits'

/** Refusals have this HTTP status; the first text that fits names the cause. None means concurrency. */
export interface Refusal {
  status: number
  /** `says` is a regular expression, case ignored. */
  causes: Array<{ says: string; cause: RefusalCause }>
}

/**
 * The answer of `check`: ok, or what is wrong and how to mend it. `identity` names the vendor's
 * account, `account` says its name and `facts` more about it, title to text; `user` is whose
 * authorisation it is. `settings` are what the vendor told of the connection, and are kept with it.
 * With `tryAfter` (milliseconds) it could not be tried at all, as `checkAgainAfter` tells: that says
 * nothing of the connection, which stays as it was.
 */
export type CheckResult =
  | {
      ok: true
      message: string
      identity?: string
      account?: string
      facts?: { [title: string]: string }
      user?: { id: string; name: string }
      limits?: Limits
      settings?: { [name: string]: Value }
    }
  | { ok: false; message: string; field?: string; tryAfter?: number }

/** How the records of a stream are read and written. */
export interface StreamAccess {
  /**
   * Yields pages in a stable order, from `query.cursor` on. Never saves, retries, sleeps or counts.
   * Records that change while it reads may come twice, never not at all.
   */
  read?(ctx: Context, stream: StreamDescription, query: ReadQuery): AsyncIterable<Page>
  /** All ways to read, where there are several; the engine chooses by price. `read` is then not used. */
  readRoutes?(ctx: Context, stream: StreamDescription): ReadRoute[]
  /** How many records the query would yield, roughly; null where that cannot be told. */
  count?(ctx: Context, stream: StreamDescription, query: ReadQuery): Promise<number | null>
  /** Credits that one `count`, and one `highWater`, usually cost; 0 by default. They are part of the plan. */
  asking?: { count?: number; highWater?: number }
  /**
   * The records deleted at `since` (ISO 8601) or later, in the order of deletion, from `cursor`
   * on. The last page's cursor is where the next sweep begins.
   */
  readDeleted?(
    ctx: Context,
    stream: StreamDescription,
    query: { since: string; cursor: Json }
  ): AsyncIterable<DeletedPage>
  /**
   * The highest value of an incremental field that is certainly complete now (usually the
   * vendor's clock). Taken by the engine before a read begins.
   * @param from where the read will begin, null for the beginning; absent where nothing is read.
   * A connector may count what lies between with the same call, and tell it by `counted`.
   */
  highWater?(ctx: Context, stream: StreamDescription, field: string, from?: Value): Promise<Value>
  /** What `count` would answer, where a call of this context has shown it already; null where none has. */
  counted?(ctx: Context, stream: StreamDescription, query: ReadQuery): number | null
  /**
   * All ways to write; the engine chooses by price. What the connection sets may rule some out
   * for a wish.
   */
  routes?(stream: StreamDescription, settings?: { [name: string]: Value }): Route[]
  /** What a service may set of the way its records are written: `target.options` in its file. */
  writeOptions?(stream: StreamDescription): SettingField[]
  lookup?: Lookup
  /** Credits of one `lookup` of so many different match values, at least. Pure; nothing where it is absent. */
  lookupCost?(stream: StreamDescription, match: Match, values: number): number
  /** The price of the references in what will be written, batch after batch. Describes, and asks for no record. */
  priceReferences?(ctx: Context, planned: PlannedWrite[]): Promise<ReferencePrice>
  /**
   * As `priceReferences`, of what a run is about to write: each record once, ahead of its batch.
   * What was heard before costs nothing again, and is found together.
   */
  expectReferences?(ctx: Context, planned: PlannedWrite[]): Promise<ReferencePrice>
  /** What the records of a batch refer to by value, for who wants to see it before a write. Writes nothing. */
  findReferences?(ctx: Context, batch: WriteBatch): Promise<FoundReferences>
  /** How records are found by values that need not be unique; absent where they cannot be. */
  search?: Search
  /** How the records of a source are flagged once they have arrived; absent where it cannot be written. */
  flagging?: Flagging
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
  /**
   * Makes a stream (a table, a file) and answers what it became. Throws ConnectorError `config`
   * when there is one of that name already, or when the name or a field cannot be.
   */
  create?(ctx: Context, stream: NewStream): Promise<StreamDescription>
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
  actions?: Action[]
  webhooks?: Webhooks
}

/** Declares a connector. Returns what it is given; it is here for the types. */
export function defineConnector(connector: Connector): Connector {
  return connector
}

/** Declares a stream that is known without asking the vendor. */
export function defineStream(stream: Stream): Stream {
  return stream
}
