import db from '@adonisjs/lucid/services/db'
import type { Portion } from '#domain/runs/retain_requests'

const BYTES_PER_LETTER = 500

/** Deletes the failed records that were resolved longest ago. An open one is never touched. */
export async function pruneLetters(
  tenantId: string,
  before: number | null,
  limit: number
): Promise<Portion> {
  const query = db
    .from('dead_letters')
    .where('tenant_id', tenantId)
    .whereNotNull('resolved_at')
    .whereNull('open_key')
    .orderBy('resolved_at')
    .limit(limit)
  if (before !== null) query.where('resolved_at', '<', before)
  const letters: Array<{ id: string; bytes: unknown }> = await query.select(
    'id',
    db.raw('length(sealed_payload) as bytes')
  )
  if (letters.length === 0) return { rows: 0, bytes: 0 }
  await db
    .from('dead_letters')
    .whereIn(
      'id',
      letters.map(({ id }) => id)
    )
    .whereNotNull('resolved_at')
    .delete()
  const bytes = letters.reduce((sum, letter) => sum + Number(letter.bytes) + BYTES_PER_LETTER, 0)
  return { rows: letters.length, bytes }
}

/** Roughly, what a tenant's failed records take. */
export async function weighLetters(tenantId: string): Promise<number> {
  const row = await db
    .from('dead_letters')
    .where('tenant_id', tenantId)
    .select(db.raw('sum(length(sealed_payload)) as bytes'))
    .count('* as figure')
    .first()
  return Number(row?.bytes ?? 0) + Number(row?.figure ?? 0) * BYTES_PER_LETTER
}
