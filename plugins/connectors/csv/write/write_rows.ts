import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ConnectorError, type Context, type RecordOutcome, type WriteBatch } from '#sdk'
import { codeOf } from './code_of.js'
import { fileFormat, type FileFormat } from './file_format.js'
import { lockFile, overtaken, type FileLock } from './file_lock.js'
import { rowText } from './row_text.js'
import { rowsToWrite } from './rows_to_write.js'
import { wantedRows } from './wanted_rows.js'

const PIECE = 65_536
const UTF8_MARK = '\uFEFF'

/** Writes a new file beside the old one and puts it in its place, so that no half of it is ever seen. */
export async function writeRows(ctx: Context, batch: WriteBatch): Promise<RecordOutcome[]> {
  const path = await ctx.filePath(String(ctx.settings.file), 'write')
  const lock = await lockFile(path)
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    const format = await fileFormat(ctx)
    const { wanted, refused } = wantedRows(batch, format)
    const rows = rowsToWrite(ctx, batch.stream, format, wanted)
    await writeDraft(draft, rows, format, { lock, mark: batch.options.mark !== false })
    ctx.signal.throwIfAborted()
    await lock.touch()
    await rename(draft, path)
    if (!(await lock.isHeld())) throw overtaken('unknown')
    const kept = [...wanted].flatMap(([id, { indexes, state }]) =>
      indexes.map((index): RecordOutcome => ({ index, state, id }))
    )
    return [...kept, ...refused]
  } catch (error) {
    throw explained(error)
  } finally {
    await rm(draft, { force: true })
    await lock.release()
  }
}

async function writeDraft(
  path: string,
  rows: AsyncIterable<string[]>,
  format: FileFormat,
  { lock, mark }: { lock: FileLock; mark: boolean }
): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    const isMarked = mark && format.encoding.name.startsWith('utf-')
    let text = isMarked ? UTF8_MARK : ''
    for await (const cells of rows) {
      text += rowText(cells, format.delimiter)
      if (text.length < PIECE) continue
      await put(file, text, format)
      await lock.touch()
      text = ''
    }
    await put(file, text, format)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function put(file: FileHandle, text: string, format: FileFormat): Promise<void> {
  const bytes = format.encode(text)
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, written)
    written += bytesWritten
  }
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
