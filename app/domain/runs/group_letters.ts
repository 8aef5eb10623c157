import db from '@adonisjs/lucid/services/db'
import DeadLetter from '#domain/runs/dead_letter'
import { repairOf } from '#domain/runs/repair'
import type { Repair } from '#domain/runs/repair'
import type Run from '#domain/runs/run'

const MOST = 20

interface Group {
  code: string
  field: string | null
  first: string
  figure: unknown
  open: unknown
}

/** Dead letters of a run with one cause. */
export type LetterCause = {
  code: string
  field: string | null
  /** Of one of them. */
  message: string
  count: number
  open: number
  repair: Repair
}

/** A run's dead letters by cause, most frequent first, each with what mends it. */
export async function groupLetters(run: Run): Promise<LetterCause[]> {
  const groups: Group[] = await db
    .from('dead_letters')
    .where('run_id', run.id)
    .groupBy('code', 'field')
    .select('code', 'field')
    .min('id as first')
    .count('* as figure')
    .count('open_key as open')
    .orderBy('figure', 'desc')
    .limit(MOST)
  const samples = await DeadLetter.query().whereIn(
    'id',
    groups.map(({ first }) => first)
  )
  return groups.flatMap(({ code, field, first, figure, open }) => {
    const sample = samples.find(({ id }) => id === first)
    if (sample === undefined) return []
    const { message, value } = sample
    const isOne = Number(figure) === 1
    const repair = repairOf({ code, field, message, value: isOne ? value : null })
    return [{ code, field, message, count: Number(figure), open: Number(open), repair }]
  })
}
