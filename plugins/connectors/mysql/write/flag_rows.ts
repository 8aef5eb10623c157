import { isDeepStrictEqual } from 'node:util'
import { escapeId } from 'mysql2'
import { ConnectorError } from '#sdk'
import type { Context, FlagBatch, Flagging, FlagOutcome, RecordValues } from '#sdk'
import type { Column } from '../column.js'
import { openSession, type Session } from '../open_session.js'
import { RowRefusal } from '../row_refusal.js'
import { BadCell, cellOf, type Cell } from './cell.js'
import { heldRows } from './find_rows.js'
import { recordId } from './record_id.js'
import { keyCells } from './row.js'
import { equals, sourceRows } from './source_rows.js'
import { columnOf, targetOf, type Target } from './target_table.js'
import { STRICT } from './write_batch.js'

const BY_ID = {
  operation: 'update' as const,
  match: { by: 'id' as const },
  records: [],
  json: [],
  ids: [],
  options: {},
}

/** One transaction, in which the rows that are compared stay locked until their flags are written. */
async function flag(ctx: Context, batch: FlagBatch): Promise<FlagOutcome[]> {
  const session = await openSession(ctx, ctx.settings, STRICT)
  try {
    const target = await targetOf(ctx, session, { ...BY_ID, stream: batch.stream })
    await session.rows('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await session.rows('START TRANSACTION')
    const outcomes = await flagRows(session, target, batch)
    await session.commit()
    return outcomes
  } catch (error) {
    if (!(error instanceof RowRefusal)) throw error
    throw unfit(batch, error.message, error)
  } finally {
    await session.close()
  }
}

async function flagRows(
  session: Session,
  target: Target,
  batch: FlagBatch
): Promise<FlagOutcome[]> {
  const keys = batch.records.map((record) => keyCells(target, recordId(target.key, record)))
  const asked = keys.flatMap((cells, index) => (cells === null ? [] : [{ cells, index }]))
  const outcomes = batch.records.map((): FlagOutcome => 'gone')
  if (asked.length === 0) return outcomes
  const read = new Set(batch.records.flatMap((record) => Object.keys(record)))
  const search = { columns: target.key, wanted: [...read], locked: true }
  const cells = asked.map((each) => each.cells)
  const same: Cell[][] = []
  for (const { n, record } of await heldRows(session, target, search, cells)) {
    const { index } = asked[n]
    const isSame = isAsRead(batch.records[index], record, batch.field)
    outcomes[index] = isSame ? 'flagged' : 'changed'
    if (isSame) same.push(asked[n].cells)
  }
  if (same.length > 0) await write(session, target, batch, same)
  return outcomes
}

function isAsRead(read: RecordValues, held: RecordValues, flagField: string): boolean {
  return Object.keys(read).every(
    (name) => name === flagField || isDeepStrictEqual(read[name], held[name])
  )
}

/** Columns that the server dates by itself keep their times: a flag is no change of the record. */
async function write(
  session: Session,
  target: Target,
  batch: FlagBatch,
  keys: Cell[][]
): Promise<void> {
  const { table, byName, key } = target
  const column = columnOf(table.name, byName, batch.field)
  const cell = cellOf(column, batch.value)
  if (cell instanceof BadCell) throw unfit(batch, `it ${cell.rule}`)
  const dated = table.columns.filter((each) => each.isDated && each !== column)
  const set = [
    `t.${escapeId(column.name, true)} = ${cell.literal}`,
    ...dated.map(({ name }) => `t.${escapeId(name, true)} = t.${escapeId(name, true)}`),
  ]
  const on = key.map((each, at) => equals(each, at)).join(' AND ')
  const rows = `${sourceRows(keys)} JOIN ${escapeId(table.name, true)} AS t ON ${on}`
  await session.change(
    `UPDATE ${rows} SET ${set.join(', ')} WHERE NOT (${holds(column, cell.literal)})`
  )
}

/** What is flagged already is not written twice: a trigger would take that for an edit. */
function holds({ name, kind }: Column, literal: string): string {
  const held = `t.${escapeId(name, true)}`
  // A collation may take another text for the same.
  if (kind === 'text') return `CAST(${held} AS BINARY) <=> CAST(${literal} AS BINARY)`
  return `${held} <=> ${literal}`
}

function unfit({ stream, field, value }: FlagBatch, why: string, cause?: Error): ConnectorError {
  const message = `${stream.name} does not take ${JSON.stringify(value)} in ${field}: ${why}.`
  return new ConnectorError('config', message, { cause })
}

export const flagging: Flagging = { maxRecords: 1000, flag }
