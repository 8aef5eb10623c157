import { stat } from 'node:fs/promises'
import type { Context } from '#sdk'
import { codeOf } from './code_of.js'
import type { FileFormat } from './file_format.js'

/** The keys of more rows are not held in memory; then each batch looks through the file. */
const MOST_KEYS = 500_000

/** A file as this run left it. */
export interface KnownFile {
  format: FileFormat
  keys: Set<string>
}

const known = new WeakMap<Context, KnownFile & { state: string }>()

/** Null where nothing is known of it, or somebody else has touched it since. */
export async function knownFile(ctx: Context, path: string): Promise<KnownFile | null> {
  const found = known.get(ctx)
  if (found === undefined) return null
  return (await stateOf(path)) === found.state ? found : null
}

/** Called while the file is locked, once it is in its place. */
export async function rememberFile(ctx: Context, path: string, file: KnownFile): Promise<void> {
  const state = file.keys.size > MOST_KEYS ? null : await stateOf(path)
  if (state === null) known.delete(ctx)
  else known.set(ctx, { ...file, state })
}

export function forgetFile(ctx: Context): void {
  known.delete(ctx)
}

async function stateOf(path: string): Promise<string | null> {
  try {
    const { ino, size, mtimeMs } = await stat(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
