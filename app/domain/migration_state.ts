import { readdirSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'

export interface MigrationState {
  /** Known to the code, not yet in the database. */
  pending: string[]
  /** In the database, unknown to the code: the database is newer. */
  unknown: string[]
}

const FOLDER = 'database/migrations'

export async function migrationState(): Promise<MigrationState> {
  const known = readdirSync(app.makePath(FOLDER))
    .filter((file) => /\.(ts|js)$/.test(file))
    .map((file) => `${FOLDER}/${file.replace(/\.(ts|js)$/, '')}`)
  const hasTable = await db.connection().schema.hasTable('adonis_schema')
  const rows = hasTable ? await db.from('adonis_schema').select('name') : []
  const done = rows.map(({ name }) => String(name))
  return {
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  }
}

/** A sentence when code and database do not fit; null when they do. */
export function migrationTrouble({ pending, unknown }: MigrationState): string | null {
  if (unknown.length > 0) {
    return `The database is newer than this code: it holds ${unknown.join(', ')}. Start the version of Crossdock that it was last used with, or a later one`
  }
  if (pending.length > 0) {
    return `The database is older than this code: ${pending.length} migrations are missing. Run: npm run ace -- migration:run --force`
  }
  return null
}
