import iconv from 'iconv-lite'
import type { Context } from '#sdk'
import { detectEncoding, type Encoding } from '../detect_encoding.js'
import { layoutOf } from '../layout.js'
import { isFileThere } from './is_file_there.js'

/** How a file is written: as it is read, or by the settings where there is none yet. */
export interface FileFormat {
  encoding: Encoding
  delimiter: string
  isNew: boolean
  encode(text: string): Buffer
  /** Whether the encoding has all characters of a text. */
  holds(text: string): boolean
}

const DELIMITERS: { [choice: string]: string } = { semicolon: ';', tab: '\t', pipe: '|' }

export async function fileFormat(ctx: Context): Promise<FileFormat> {
  const isNew = !(await isFileThere(ctx, String(ctx.settings.file)))
  const choice = String(ctx.settings.encoding ?? 'auto')
  const { encoding, delimiter } = isNew
    ? {
        encoding: detectEncoding(Buffer.alloc(0), choice === 'auto' ? 'utf-8' : choice),
        delimiter: DELIMITERS[String(ctx.settings.delimiter)] ?? ',',
      }
    : await layoutOf(ctx)
  const encode = (text: string) => iconv.encode(text, encoding.name, { addBOM: false })
  const isUnicode = encoding.name.startsWith('utf-')
  return {
    ...{ encoding, delimiter, isNew, encode },
    holds: (text) => isUnicode || iconv.decode(encode(text), encoding.name) === text,
  }
}
