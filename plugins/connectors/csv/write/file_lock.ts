import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ConnectorError } from '#sdk'
import { codeOf } from './code_of.js'

/** A writer touches its lock; one that was not touched for so long has died. */
const DEAD_AFTER = 60_000

/** The right to replace a file, which one writer has at a time, in whatever process. */
export interface FileLock {
  /** Says that its writer is alive. Throws where another one took it over. */
  touch(): Promise<void>
  /** Whether nobody took it over meanwhile. */
  isHeld(): Promise<boolean>
  release(): Promise<void>
}

export async function lockFile(path: string): Promise<FileLock> {
  const lock = join(dirname(path), `.${basename(path)}.lock`)
  const token = randomUUID()
  const mine = `${lock}.${token}`
  await writeFile(mine, token)
  try {
    await removeDead(lock)
    // A link is made whole or not at all.
    await link(mine, lock)
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cause
    const message = 'Another run is writing this file.'
    throw new ConnectorError('rate_limited', message, { retryAfter: 500, cause })
  } finally {
    await rm(mine, { force: true })
  }
  const isHeld = async () => (await contentOf(lock)) === token
  return {
    async touch() {
      if (!(await isHeld())) throw overtaken('no')
      await utimes(lock, new Date(), new Date())
    },
    isHeld,
    release: async () => {
      if (await isHeld()) await rm(lock, { force: true })
    },
  }
}

/** Whoever took the lock over may have put an older file in the place of this one's. */
export function overtaken(delivered: 'no' | 'unknown'): ConnectorError {
  const message = 'Another run took this file over while it was written.'
  return new ConnectorError('transient', message, { delivered })
}

async function removeDead(lock: string): Promise<void> {
  const found = await stat(lock).catch(ignoreMissing)
  if (found !== null && Date.now() - found.mtimeMs > DEAD_AFTER) await rm(lock, { force: true })
}

function contentOf(lock: string): Promise<string | null> {
  return readFile(lock, 'utf8').catch(ignoreMissing)
}

function ignoreMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}
