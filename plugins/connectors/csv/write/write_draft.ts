import { constants } from 'node:fs'
import { copyFile, open, type FileHandle } from 'node:fs/promises'
import type { FileFormat } from './file_format.js'
import type { FileLock } from './file_lock.js'
import { rowText } from './row_text.js'

const PIECE = 65_536
const UTF8_MARK = '\uFEFF'

type Rows = AsyncIterable<string[]> | Iterable<string[]>

export interface Draft {
  path: string
  format: FileFormat
  lock: FileLock
}

/** Writes a file anew. */
export async function writeDraft(draft: Draft, rows: Rows, mark: boolean): Promise<void> {
  const isMarked = mark && draft.format.encoding.name.startsWith('utf-')
  await putRows(await open(draft.path, 'wx', 0o600), draft, rows, isMarked ? UTF8_MARK : '')
}

/** Copies a file as it is and writes rows behind it: nothing of it is read row by row. */
export async function extendDraft(draft: Draft, from: string, rows: Rows): Promise<void> {
  await copyFile(from, draft.path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await putRows(await open(draft.path, 'a', 0o600), draft, rows, '')
}

async function putRows(file: FileHandle, { format, lock }: Draft, rows: Rows, begin: string) {
  try {
    let text = begin
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
