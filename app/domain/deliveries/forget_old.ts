import db from '@adonisjs/lucid/services/db'

const DAY = 24 * 3_600_000
const KEEP = { deliveries: 3 * DAY, changes: 2 * DAY, deletions: 30 * DAY }

/** Lets go of what is over; what still waits is kept however old it is. */
export async function forgetOld(now: number): Promise<void> {
  await db
    .from('deliveries')
    .whereNot('state', 'received')
    .where('received_at', '<', now - KEEP.deliveries)
    .delete()
  await db
    .from('pending_changes')
    .whereIn('state', ['done', 'cancelled', 'echo'])
    .where('last_seen_at', '<', now - KEEP.changes)
    .delete()
  await db
    .from('pending_changes')
    .where('state', 'deleted')
    .where('last_seen_at', '<', now - KEEP.deletions)
    .delete()
}
