import type { Context, RecordOutcome, WriteBatch } from '#sdk'
import { openSession } from '../open_session.js'
import { prepareRows } from './row.js'
import { settleRows } from './settle_rows.js'
import { targetOf } from './target_table.js'

/** One transaction. What is not committed when it ends has not happened. */
export async function writeBatch(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const session = await openSession(ctx)
  try {
    const target = await targetOf(ctx, session, batch)
    const { groups, outcomes } = prepareRows(target, batch)
    await session.change('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
    // What a constraint says at the end only would take all of the batch down.
    await session.change('SET CONSTRAINTS ALL IMMEDIATE')
    for (const rows of groups) {
      outcomes.push(...(await settleRows(session, target, batch.operation, rows)))
    }
    await session.commit()
    return outcomes
  } finally {
    await session.close()
  }
}
