import type { Duplex, Readable } from 'node:stream'
import type { RecordValues, Value } from './record.js'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute. Refused unless the host is one the operator allows. */
  url: string
  headers?: { [name: string]: string }
  body?: string | Uint8Array
  /** Milliseconds until the whole call is given up; 60,000 by default. */
  timeout?: number
  /** Credits that the vendor charges for this call; counted when it is sent. 0 by default. */
  credits?: number
  /** A limit named in the connector's `limits.lanes` that this call shares, besides the overall one. */
  lane?: string
  /** False sends no authorization. True by default. */
  authorize?: boolean
}

/** Any HTTP status is an answer, not an error. Header names are lower case. */
export interface HttpResponse {
  status: number
  headers: { [name: string]: string }
  text(): Promise<string>
  json<T = Value>(): Promise<T>
  bytes(): Promise<Uint8Array>
}

/**
 * The guarded client. It adds the authorization, waits for the org's concurrency and counts
 * credits. Throws ConnectorError: `config` when the address is not allowed, `transient` when
 * there was no answer (with `delivered: 'unknown'` once the request may have left).
 * A token that the vendor calls expired is renewed once, without the connector noticing.
 */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface Log {
  info(message: string, fields?: RecordValues): void
  warn(message: string, fields?: RecordValues): void
}

/** All that is live for a connector. Nothing else may be reached for. */
export interface Context {
  /** The connection's settings, checked against the connector's `settings`. */
  settings: { [name: string]: Value }
  /** The connection's secrets for `auth.type: 'custom'`; empty for all other kinds. */
  secrets: { [name: string]: string }
  http: Http
  /** Opens a TCP connection, where the manifest asks for `tcp` and the operator allows the address. */
  connect(address: { host: string; port: number }): Promise<Duplex>
  /** Opens a file of the tenant by the name it was uploaded under. Throws `config` if there is none. */
  openFile(name: string): Promise<Readable>
  /**
   * The absolute path of a tenant's file, for libraries that open files themselves. Throws
   * `config` if there is none, unless it is to be written.
   */
  filePath(name: string, use?: 'read' | 'write'): Promise<string>
  /**
   * Where the vendor may post once a job of this run is over, by any body: then the engine asks
   * at once instead of at the end of its pause. Cannot be guessed, and is told to nobody else.
   * Absent outside of runs, and where the vendor cannot reach this server.
   */
  callbackUrl?: string
  /** Aborted when the run is cancelled or its time is over. */
  signal: AbortSignal
  log: Log
}
