import type { Duplex } from 'node:stream'
import { Client } from 'pg'
import type { Context } from '#sdk'
import { ConnectionFailure, explainFailure } from './explain_failure.js'
import type { Settings } from './failure_meanings.js'
import { plugStream } from './plug_stream.js'
import { rowRefusal } from './row_refusal.js'

/** One connection to the server. All values come as text, times in UTC. */
export interface Session {
  rows<Row>(sql: string): Promise<Row[]>
  /** Changes rows. Throws `RowRefusal` where a row is at fault. */
  change<Row>(sql: string): Promise<Row[]>
  /** Whether what is lost now may have been done all the same. */
  commit(): Promise<void>
  close(): Promise<void>
}

const SET_UP = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
  SET bytea_output = 'hex'; SET extra_float_digits = 3; SET standard_conforming_strings = on`

export async function openSession(ctx: Context, settings = ctx.settings): Promise<Session> {
  ctx.signal.throwIfAborted()
  const stream = await reach(ctx)
  let lost: Error | null = null
  const client = newClient(ctx, settings, stream)
  client.on('error', (error: Error) => (lost = error))
  const abort = () => stream.destroy()
  ctx.signal.addEventListener('abort', abort, { once: true })
  const close = async () => {
    ctx.signal.removeEventListener('abort', abort)
    stream.destroy()
  }
  const ask = async <Row>(sql: string, stage: 'query' | 'write' | 'handshake'): Promise<Row[]> => {
    try {
      const answer = await untilAborted(client.query(sql), ctx.signal)
      return answer.rows as Row[]
    } catch (error) {
      if (ctx.signal.aborted) throw ctx.signal.reason
      const refusal = stage === 'write' ? rowRefusal(error) : null
      throw refusal ?? explainFailure(lost ?? error, settings, stage)
    }
  }
  const commit = async () => {
    try {
      await ask('COMMIT', 'write')
    } catch (error) {
      if (!(error instanceof ConnectionFailure) || error.kind !== 'transient') throw error
      throw new ConnectionFailure('transient', error.message, null, error, 'unknown')
    }
  }
  try {
    await untilAborted(client.connect(), ctx.signal).catch((error: unknown) => {
      if (ctx.signal.aborted) throw ctx.signal.reason
      throw explainFailure(error, settings, 'handshake')
    })
    await ask(SET_UP, 'handshake')
  } catch (error) {
    await close()
    throw error
  }
  return { rows: (sql) => ask(sql, 'query'), change: (sql) => ask(sql, 'write'), commit, close }
}

function newClient(ctx: Context, settings: Settings, stream: Duplex): Client {
  const { host, port, database, user, tls, tlsVerify } = settings
  return new Client({
    stream: () => plugStream(stream),
    host: String(host),
    port: Number(port),
    database: String(database),
    user: String(user),
    password: () => ctx.secrets.password ?? '',
    ssl:
      tls === true ? { rejectUnauthorized: tlsVerify !== false, ...unverified(tlsVerify) } : false,
    connectionTimeoutMillis: 15_000,
    types: { getTypeParser: () => (value: string) => value },
  })
}

function unverified(tlsVerify: Settings[string]) {
  return tlsVerify === false ? { checkServerIdentity: () => undefined } : {}
}

async function reach(ctx: Context): Promise<Duplex> {
  try {
    return await ctx.connect({ host: String(ctx.settings.host), port: Number(ctx.settings.port) })
  } catch (error) {
    throw explainFailure(error, ctx.settings, 'connect')
  }
}

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
