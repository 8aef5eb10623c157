import type { Operation, RecordOutcome } from '#sdk'
import type { Session } from '../open_session.js'
import { RowRefusal } from '../row_refusal.js'
import { deleteRows } from './delete_rows.js'
import { findRows } from './find_rows.js'
import { insertRows } from './insert_rows.js'
import { refusalOutcome } from './refusal_outcome.js'
import type { Row } from './row.js'
import type { Target } from './target_table.js'
import { updateRows } from './update_rows.js'

/** Writes rows together; where one of them is refused, by halves, until it stands alone. */
export async function settleRows(
  session: Session,
  target: Target,
  operation: Operation,
  rows: Row[]
): Promise<RecordOutcome[]> {
  await session.change('SAVEPOINT crossdock')
  try {
    return await writeRows(session, target, operation, rows)
  } catch (error) {
    if (!(error instanceof RowRefusal)) throw error
    await session.change('ROLLBACK TO SAVEPOINT crossdock')
    if (rows.length === 1) return [refusalOutcome(target, operation, rows[0], error)]
    const half = rows.length >> 1
    return [
      ...(await settleRows(session, target, operation, rows.slice(0, half))),
      ...(await settleRows(session, target, operation, rows.slice(half))),
    ]
  }
}

async function writeRows(
  session: Session,
  target: Target,
  operation: Operation,
  rows: Row[]
): Promise<RecordOutcome[]> {
  if (operation === 'insert') return insertRows(session, target, rows)
  for (const row of rows) row.held = null
  await findRows(session, target, rows)
  if (operation === 'delete') return deleteRows(session, target, rows)
  const fresh = rows.filter((row) => row.held === null)
  const placed =
    operation === 'upsert' ? await insertRows(session, target, fresh) : fresh.map(notFound(target))
  return [...placed, ...(await updateRows(session, target, rows))]
}

function notFound({ table }: Target) {
  return ({ index }: Row): RecordOutcome => ({
    index,
    state: 'rejected',
    code: 'NOT_FOUND',
    message: `${table.name} has no such row to update. Create it there, or change the operation to upsert.`,
  })
}
