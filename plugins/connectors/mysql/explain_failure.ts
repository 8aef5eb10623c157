import { ConnectorError, type ErrorKind } from '#sdk'
import { FAILURE_MEANINGS, type Settings, type Stage } from './failure_meanings.js'

/** Trouble with the connection, and the setting that mends it. */
export class ConnectionFailure extends ConnectorError {
  constructor(
    kind: ErrorKind,
    message: string,
    readonly field: string | null,
    cause: unknown,
    delivered: 'no' | 'unknown' = 'no'
  ) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    super(kind, message, { cause, detail, delivered })
  }
}

/** So ends a server that restarts, as well as one that is no database. */
const BROKEN_OFF = ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE']

/** What a failure means for the person who set the connection up. */
export function explainFailure(
  cause: unknown,
  settings: Settings,
  stage: Stage
): ConnectionFailure {
  const codes = codesOf(cause)
  const known = FAILURE_MEANINGS.find(
    (meaning) =>
      (meaning.stages === undefined || meaning.stages.includes(stage)) &&
      meaning.codes.some((code) => codes.includes(code))
  )
  if (known) return new ConnectionFailure(known.kind, known.say(settings), known.field, cause)
  if (stage === 'query' || stage === 'write') return explainQuery(cause)
  if (stage === 'handshake') {
    const message = `What answers on port ${settings.port} of ${settings.host} is not a MySQL server. Check the port.`
    const kind = codes.some((code) => BROKEN_OFF.includes(code)) ? 'transient' : 'config'
    return new ConnectionFailure(kind, message, 'port', cause)
  }
  if (cause instanceof ConnectorError) {
    return new ConnectionFailure(cause.kind, cause.message, 'host', cause)
  }
  const message = `${settings.host} cannot be reached on port ${settings.port}. Check host and port.`
  return new ConnectionFailure('config', message, 'host', cause)
}

function explainQuery(cause: unknown): ConnectionFailure {
  const text = cause instanceof Error ? cause.message : String(cause)
  return /closed state|connection lost/i.test(text)
    ? new ConnectionFailure('transient', 'The database broke off the connection.', null, cause)
    : new ConnectionFailure('fatal', 'The database could not answer a query.', null, cause)
}

const NUMBERS: { [errno: number]: string } = { 3159: 'ER_SECURE_TRANSPORT_REQUIRED' }

/** The codes of an error and of all that caused it. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const codes = codesOf(error.cause)
  if ('code' in error && typeof error.code === 'string') codes.push(error.code)
  if ('errno' in error && typeof error.errno === 'number' && error.errno in NUMBERS) {
    codes.push(NUMBERS[error.errno])
  }
  if (/secure.transport/i.test(error.message)) codes.push('ER_SECURE_TRANSPORT_REQUIRED')
  if (error instanceof AggregateError) codes.push(...error.errors.flatMap(codesOf))
  return codes
}
