import { isDeepStrictEqual } from 'node:util'
import { escapeIdentifier } from 'pg'
import { ConnectorError } from '#sdk'
import type { Context, FlagBatch, Flagging, FlagOutcome, RecordValues } from '#sdk'
import { openSession, type Session } from '../open_session.js'
import { RowRefusal } from '../row_refusal.js'
import { BadCell, cellOf, type Cell } from './cell.js'
import { heldRows } from './find_rows.js'
import { recordId } from './record_id.js'
import { keyCells } from './row.js'
import { equals, sourceRows } from './source_rows.js'
import { columnOf, targetOf, type Target } from './target_table.js'

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
  const session = await openSession(ctx)
  try {
    const target = await targetOf(ctx, session, { ...BY_ID, stream: batch.stream })
    await session.change('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
    await session.change('SET CONSTRAINTS ALL IMMEDIATE')
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

async function write(
  session: Session,
  { table, byName, key, place }: Target,
  batch: FlagBatch,
  keys: Cell[][]
): Promise<void> {
  const column = columnOf(table.name, byName, batch.field)
  const cell = cellOf(column, batch.value)
  if (cell instanceof BadCell) throw unfit(batch, `it ${cell.rule}`)
  const on = key.map((each, at) => equals(each, at)).join(' AND ')
  const name = escapeIdentifier(column.name)
  const value = `${cell.literal}::${column.cast}`
  // What is flagged already is not written twice: a trigger would take that for an edit.
  const isNew = `t.${name}::text IS DISTINCT FROM (${value})::text`
  await session.change(
    `UPDATE ${place} AS t SET ${name} = ${value} FROM ${sourceRows(keys)} WHERE ${on} AND ${isNew}`
  )
}

function unfit({ stream, field, value }: FlagBatch, why: string, cause?: Error): ConnectorError {
  const message = `${stream.name} does not take ${JSON.stringify(value)} in ${field}: ${why}.`
  return new ConnectorError('config', message, { cause })
}

export const flagging: Flagging = { maxRecords: 1000, flag }
