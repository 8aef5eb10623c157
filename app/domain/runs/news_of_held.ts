import type { Held } from '#domain/runs/held'
import Run from '#domain/runs/run'

/** What other processes wrote down of the runs that this one holds. */
export async function newsOfHeld(held: Held[]) {
  if (held.length === 0) return { cancelled: [], called: [] }
  const rows = await Run.query()
    .whereIn(
      'id',
      held.map(({ run }) => run.id)
    )
    .select('id', 'state', 'calledAt')
  const known = new Map(rows.map((row) => [row.id, row]))
  return {
    cancelled: rows.filter(({ state }) => state === 'cancelling').map(({ id }) => id),
    called: held.flatMap(({ run, calledAt }) => {
      const at = known.get(run.id)?.calledAt?.toMillis() ?? 0
      return at > calledAt ? [{ serviceId: run.serviceId, at }] : []
    }),
  }
}
