import {
  createConnection,
  type Connection,
  type ResultSetHeader,
  type RowDataPacket,
} from 'mysql2/promise'
import type { Context } from '#sdk'
import { ConnectionFailure, explainFailure } from './explain_failure.js'
import { rowRefusal } from './row_refusal.js'
import type { Settings } from './failure_meanings.js'

/** One connection to the server. Times are UTC in it, whatever zone the server keeps. */
export interface Session {
  rows<Row>(sql: string): Promise<Row[]>
  /** Changes rows. Throws `RowRefusal` where a row is at fault. */
  change<Answer = ResultSetHeader>(sql: string): Promise<Answer>
  /** Whether what is lost now may have been done all the same. */
  commit(): Promise<void>
  close(): Promise<void>
}

const setUp = (mode: string) => `SET time_zone = '+00:00', sql_mode = '${mode}', NAMES utf8mb4`

export async function openSession(
  ctx: Context,
  settings = ctx.settings,
  sqlMode = ''
): Promise<Session> {
  ctx.signal.throwIfAborted()
  const connection = await connect(ctx, settings)
  let lost: Error | null = null
  connection.on('error', (error: Error) => (lost = error))
  const abort = () => connection.destroy()
  ctx.signal.addEventListener('abort', abort, { once: true })

  const rows = async <Row>(sql: string): Promise<Row[]> => {
    try {
      const answer = await untilAborted(connection.query<RowDataPacket[]>(sql), ctx.signal)
      return answer[0] as Row[]
    } catch (error) {
      if (ctx.signal.aborted) throw ctx.signal.reason
      throw explainFailure(lost ?? error, ctx.settings, 'query')
    }
  }
  const change = async <Answer = ResultSetHeader>(sql: string): Promise<Answer> => {
    try {
      const answer = await untilAborted(connection.query<ResultSetHeader>(sql), ctx.signal)
      return answer[0] as Answer
    } catch (error) {
      if (ctx.signal.aborted) throw ctx.signal.reason
      throw rowRefusal(error) ?? explainFailure(lost ?? error, ctx.settings, 'write')
    }
  }
  const commit = async () => {
    try {
      await change('COMMIT')
    } catch (error) {
      if (!(error instanceof ConnectionFailure) || error.kind !== 'transient') throw error
      throw new ConnectionFailure('transient', error.message, null, error, 'unknown')
    }
  }
  const close = async () => {
    ctx.signal.removeEventListener('abort', abort)
    connection.destroy()
  }
  try {
    await rows(setUp(sqlMode))
  } catch (error) {
    await close()
    throw error
  }
  return { rows, change, commit, close }
}

async function connect(ctx: Context, settings: Settings): Promise<Connection> {
  const { host, port, database, user, tls, tlsVerify } = settings
  const stream = await reach(ctx)
  const verify = tlsVerify !== false
  const abort = () => stream.destroy()
  ctx.signal.addEventListener('abort', abort, { once: true })
  try {
    return await createConnection({
      stream,
      host: String(host),
      port: Number(port),
      database: String(database),
      user: String(user),
      password: ctx.secrets.password ?? '',
      charset: 'utf8mb4',
      ...(tls === true ? { ssl: { rejectUnauthorized: verify, verifyIdentity: verify } } : {}),
      dateStrings: true,
      jsonStrings: true,
      supportBigNumbers: true,
      // Room for all of them is made at once: a megabyte for mysql2's usual 16,000.
      maxPreparedStatements: 16,
    })
  } catch (error) {
    stream.destroy()
    if (ctx.signal.aborted) throw ctx.signal.reason
    throw explainFailure(error, settings, 'handshake')
  } finally {
    ctx.signal.removeEventListener('abort', abort)
  }
}

async function reach(ctx: Context) {
  try {
    return await ctx.connect({ host: String(ctx.settings.host), port: Number(ctx.settings.port) })
  } catch (error) {
    throw explainFailure(error, ctx.settings, 'connect')
  }
}

/** The driver leaves a query unanswered for ever when its connection is destroyed. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
