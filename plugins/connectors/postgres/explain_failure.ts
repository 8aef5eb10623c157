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

/** What a failure means for the person who set the connection up. */
export function explainFailure(
  cause: unknown,
  settings: Settings,
  stage: Stage
): ConnectionFailure {
  const { codes, text } = signsOf(cause)
  const known = FAILURE_MEANINGS.find(
    (meaning) =>
      (meaning.stages === undefined || meaning.stages.includes(stage)) &&
      (codes.some((code) => meaning.codes.includes(code)) || meaning.says?.test(text))
  )
  if (known) return new ConnectionFailure(known.kind, known.say(settings), known.field, cause)
  if (stage === 'query' || stage === 'write') {
    return new ConnectionFailure('fatal', 'The database could not answer a query.', null, cause)
  }
  if (stage === 'handshake') {
    const message = `What answers on port ${settings.port} of ${settings.host} is not a PostgreSQL server. Check the port.`
    return new ConnectionFailure('config', message, 'port', cause)
  }
  if (cause instanceof ConnectorError) {
    return new ConnectionFailure(cause.kind, cause.message, 'host', cause)
  }
  const message = `${settings.host} cannot be reached on port ${settings.port}. Check host and port.`
  return new ConnectionFailure('config', message, 'host', cause)
}

/** The codes and texts of an error and of all that caused it. */
function signsOf(error: unknown): { codes: string[]; text: string } {
  if (!(error instanceof Error)) return { codes: [], text: '' }
  const inner = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause]
  const causes = inner.map(signsOf)
  const code: unknown = Reflect.get(error, 'code')
  return {
    codes: [...(typeof code === 'string' ? [code] : []), ...causes.flatMap((one) => one.codes)],
    text: [error.message, ...causes.map((one) => one.text)].join('\n'),
  }
}
