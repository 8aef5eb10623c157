import Database from 'better-sqlite3'
import { ConnectorError, type Context } from '#sdk'

/** Opens the file for reading, hands it over, and closes it whatever happens. */
export async function withDatabase<T>(
  ctx: Context,
  work: (db: Database.Database) => T | Promise<T>
): Promise<T> {
  const db = await openDatabase(ctx)
  try {
    return await work(db)
  } catch (error) {
    throw explainFailure(error, ctx)
  } finally {
    db.close()
  }
}

export async function openDatabase(ctx: Context): Promise<Database.Database> {
  const path = await ctx.filePath(String(ctx.settings.file))
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    db.defaultSafeIntegers(true)
    db.prepare('SELECT COUNT(*) FROM sqlite_schema').get()
    return db
  } catch (error) {
    throw explainFailure(error, ctx)
  }
}

export function explainFailure(error: unknown, ctx: Context): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const file = String(ctx.settings.file)
  const options = { cause: error, detail: error instanceof Error ? error.message : undefined }
  if (code.startsWith('SQLITE_NOTADB')) {
    return new ConnectorError('config', `${file} is not an SQLite database.`, options)
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new ConnectorError('config', `There is no file ${file}, or it cannot be read.`, options)
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ConnectorError('transient', `${file} is being written at the moment.`, options)
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new ConnectorError('config', `${file} is damaged. Upload it again.`, options)
  }
  return code.startsWith('SQLITE_')
    ? new ConnectorError('fatal', `${file} could not be read.`, options)
    : error
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
