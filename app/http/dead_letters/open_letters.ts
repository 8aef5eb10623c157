import DeadLetter from '#domain/runs/dead_letter'
import type Run from '#domain/runs/run'

/** How many records of a run still wait for a person. */
export async function countOpenLetters(run: Run): Promise<number> {
  const [row] = await DeadLetter.query()
    .where('runId', run.id)
    .whereNull('resolvedAt')
    .count('* as open')
  return Number(row?.$extras.open ?? 0)
}
