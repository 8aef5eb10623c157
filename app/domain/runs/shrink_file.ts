import db from '@adonisjs/lucid/services/db'
import type { Database } from 'better-sqlite3'

/** Pages that one turn gives back: some two megabytes. */
const PAGES = 500

/** Gives free pages of the SQLite file back to the disk, in portions. Answers whether there are more. */
export async function shrinkFile(pages = PAGES): Promise<boolean> {
  const client = db.connection()
  if (client.dialect.name !== 'better-sqlite3') return false
  const knex = client.getWriteClient().client
  const raw: Database = await knex.acquireConnection()
  try {
    const free = Number(raw.pragma('freelist_count', { simple: true }))
    if (free < pages) return false
    // Only `exec` steps through all of it; a prepared statement would free a single page.
    raw.exec(`pragma incremental_vacuum(${pages})`)
    return free >= 2 * pages
  } finally {
    await knex.releaseConnection(raw)
  }
}
