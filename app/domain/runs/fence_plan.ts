import db from '@adonisjs/lucid/services/db'
import type { RunState } from '#domain/runs/run'

const OVER: RunState[] = ['failed', 'cancelled']

interface Row {
  state: RunState
  cursor: unknown
  credits_ahead: unknown
  credits_spent: unknown
}

/**
 * Of what an attempt planned and never came to, the next one plans its own. So the plan keeps
 * what was spent and, where the reading goes on from a cursor, what is left of it.
 */
export async function fencePlan(
  runId: string,
  client: Pick<ReturnType<typeof db.connection>, 'from'> = db.connection()
): Promise<void> {
  const row: Row | null = await client
    .from('runs')
    .where('id', runId)
    .select('state', 'cursor', 'credits_ahead', 'credits_spent')
    .first()
  if (row === null) return
  const goesOn = !OVER.includes(row.state) && hasCursor(row)
  const most = Number(row.credits_spent) + (goesOn ? Number(row.credits_ahead) : 0)
  await client
    .from('runs')
    .where('id', runId)
    .where('credits_planned', '>', most)
    .update({ credits_planned: most })
}

function hasCursor({ cursor }: Row): boolean {
  return cursor !== null && cursor !== 'null'
}
