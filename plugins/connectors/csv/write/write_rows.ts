import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ConnectorError, type Context, type RecordOutcome, type WriteBatch } from '#sdk'
import { codeOf } from './code_of.js'
import { fileFormat } from './file_format.js'
import { lockFile, overtaken } from './file_lock.js'
import { forgetFile, knownFile, rememberFile, type KnownFile } from './known_file.js'
import { newRows, rowsToWrite } from './rows_to_write.js'
import { wantedRows, type WantedRow } from './wanted_rows.js'
import { extendDraft, writeDraft, type Draft } from './write_draft.js'

/** Writes a new file beside the old one and puts it in its place, so that no half of it is ever seen. */
export async function writeRows(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const path = await ctx.filePath(String(ctx.settings.file), 'write')
  const lock = await lockFile(path)
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    const known = await knownFile(ctx, path)
    const format = known?.format ?? (await fileFormat(ctx))
    const { wanted, refused } = wantedRows(batch, format)
    const keys = await draftFile(ctx, batch, { path: draft, format, lock }, { wanted, known, path })
    ctx.signal.throwIfAborted()
    await lock.touch()
    await rename(draft, path)
    if (!(await lock.isHeld())) throw overtaken('unknown')
    await rememberFile(ctx, path, { format: { ...format, isNew: false }, keys })
    const kept = [...wanted].flatMap(([id, { indexes, state }]) =>
      indexes.map((index): RecordOutcome => ({ index, state, id }))
    )
    return [...kept, ...refused]
  } catch (error) {
    forgetFile(ctx)
    throw explained(error)
  } finally {
    await rm(draft, { force: true })
    await lock.release()
  }
}

type Task = { wanted: Map<string, WantedRow>; known: KnownFile | null; path: string }

/** New rows go behind what this run wrote before; a row that is there already means a new file. */
async function draftFile(
  ctx: Context,
  { stream, options }: WriteBatch,
  draft: Draft,
  { wanted, known, path }: Task
): Promise<Set<string>> {
  const isNew = known !== null && ![...wanted.keys()].some((key) => known.keys.has(key))
  if (isNew) {
    await extendDraft(draft, path, newRows(stream, wanted))
    for (const key of wanted.keys()) known.keys.add(key)
    return known.keys
  }
  const keys = new Set<string>()
  const rows = rowsToWrite(ctx, stream, draft.format, { wanted, keys })
  await writeDraft(draft, rows, options.mark !== false)
  return keys
}

function explained(error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ConnectorError('fatal', 'There is no room left for the file.', { cause: error })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const message = 'The server may not write into the folder of the files.'
    return new ConnectorError('fatal', message, { cause: error })
  }
  return error
}
