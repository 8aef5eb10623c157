import type { Context } from '#sdk'
import { layoutOf } from './layout.js'
import { rowsOf } from './rows_of.js'

/** Rows below the header, whatever a filter leaves of them. */
export async function countRows(ctx: Context): Promise<number> {
  const layout = await layoutOf(ctx)
  const rows = rowsOf(ctx, layout)
  let count = 0
  for (let row = await rows.next(); row.done !== true; row = await rows.next()) count++
  return Math.max(0, count - (layout.hasHeader ? 1 : 0))
}
