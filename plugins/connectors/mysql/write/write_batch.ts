import type { Context, RecordOutcome, WriteBatch } from '#sdk'
import { openSession } from '../open_session.js'
import { prepareRows } from './row.js'
import { settleRows } from './settle_rows.js'
import { targetOf } from './target_table.js'

/** Nothing is cut or bent to fit, and a 0 is a 0. */
export const STRICT = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'

/** One transaction. What is not committed when it ends has not happened. */
export async function writeBatch(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const session = await openSession(ctx, ctx.settings, STRICT)
  try {
    const target = await targetOf(ctx, session, batch)
    const { groups, outcomes } = prepareRows(target, batch)
    // Gaps stay free, so that batches beside each other do not lock each other out.
    await session.rows('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await session.rows('START TRANSACTION')
    for (const rows of groups) {
      outcomes.push(...(await settleRows(session, target, batch.operation, rows)))
    }
    await session.commit()
    return outcomes
  } finally {
    await session.close()
  }
}
