import type { RecordOutcome } from '#sdk'
import type { Session } from '../open_session.js'
import { recordId } from './record_id.js'
import { keyCells, type Row } from './row.js'
import { equals, sourceRows } from './source_rows.js'
import type { Target } from './target_table.js'

/** Takes out with one statement what was found. What was not found is gone already. */
export async function deleteRows(
  session: Session,
  target: Target,
  rows: Row[]
): Promise<RecordOutcome[]> {
  const doomed = new Set<string>()
  const outcomes = rows.map((row): RecordOutcome => {
    const { index, held } = row
    if (held === null) return { index, state: 'unchanged', id: toldId(row) }
    const id = recordId(target.key, held)
    if (doomed.has(id)) return { index, state: 'unchanged', id }
    doomed.add(id)
    return { index, state: 'deleted', id }
  })
  if (doomed.size > 0) await remove(session, target, [...doomed])
  return outcomes
}

function toldId({ id }: Row): string {
  const values = (id ?? []).map(({ plain }) => String(plain))
  return values.length === 1 ? values[0] : JSON.stringify(values)
}

async function remove(session: Session, target: Target, ids: string[]): Promise<void> {
  const source = ids.map((id) => keyCells(target, id) ?? [])
  const on = target.key.map((column, at) => equals(column, at)).join(' AND ')
  await session.change(`DELETE FROM ${target.place} AS t USING ${sourceRows(source)} WHERE ${on}`)
}
