import db from '@adonisjs/lucid/services/db'

const BYTES_PER_REQUEST = 450
const KEYS_PER_STATEMENT = 500
const WEIGHT = 'sum(coalesce(length(sealed_body), 0)) as bytes'

export interface Portion {
  rows: number
  /** Roughly, what they took. */
  bytes: number
}

export interface OldRequests {
  /** Milliseconds since the epoch; null takes the oldest whatever their age. */
  before: number | null
  /** Both kinds where it is left out. */
  isFailed?: boolean
  limit: number
}

/** Deletes the oldest calls that were kept, whatever became of their runs; the runs still count them. */
export async function pruneRequests(
  tenantId: string,
  { before, isFailed, limit }: OldRequests
): Promise<Portion> {
  const query = db
    .from('run_requests')
    .where('tenant_id', tenantId)
    .orderBy('started_at')
    .limit(limit)
  if (before !== null) query.where('started_at', '<', before)
  if (isFailed !== undefined) query.where('is_failed', isFailed)
  const rows: Array<{ id: string; bytes: unknown }> = await query.select(
    'id',
    db.raw('coalesce(length(sealed_body), 0) as bytes')
  )
  if (rows.length === 0) return { rows: 0, bytes: 0 }
  const ids = rows.map(({ id }) => id)
  await db.from('run_requests').whereIn('id', ids).delete()
  const bytes = rows.reduce((sum, row) => sum + Number(row.bytes) + BYTES_PER_REQUEST, 0)
  return { rows: ids.length, bytes }
}

/** Roughly, what a tenant's kept calls take. */
export async function weighRequests(tenantId: string): Promise<number> {
  const query = db.from('run_requests').where('tenant_id', tenantId)
  return sumOf(await query.select(db.raw(WEIGHT)).count('* as figure').first())
}

export async function weighRequestsOf(runIds: string[]): Promise<number> {
  let sum = 0
  for (let at = 0; at < runIds.length; at += KEYS_PER_STATEMENT) {
    const ids = runIds.slice(at, at + KEYS_PER_STATEMENT)
    const query = db.from('run_requests').whereIn('run_id', ids)
    sum += sumOf(await query.select(db.raw(WEIGHT)).count('* as figure').first())
  }
  return sum
}

function sumOf(row: { bytes?: unknown; figure?: unknown } | null): number {
  return Number(row?.bytes ?? 0) + Number(row?.figure ?? 0) * BYTES_PER_REQUEST
}
