import { crc32 } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import type { TextFile } from './zip_files.js'

/** More than a result of 25,000 rows can be; a bomb stops here. */
const MOST_BYTES = 256 * 1024 * 1024

function opened(zip: Buffer) {
  return new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (file ? resolve(file) : reject(error)))
  })
}

function nextEntry(file: ZipFile) {
  return new Promise<Entry | null>((resolve, reject) => {
    file.removeAllListeners()
    file.once('entry', resolve)
    file.once('end', () => resolve(null))
    file.once('error', reject)
    file.readEntry()
  })
}

function stream(file: ZipFile, entry: Entry) {
  return new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    file.openReadStream(entry, (error, content) => (content ? resolve(content) : reject(error)))
  })
}

async function textOf(file: ZipFile, entry: Entry): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await stream(file, entry)) chunks.push(Buffer.from(chunk))
  const content = Buffer.concat(chunks)
  if (crc32(content) !== entry.crc32) throw new Error('A file in the zip is damaged')
  return content.toString('utf8')
}

/** The texts in a zip. Rejects what is cut off or changed on the way. */
export async function unzipFiles(zip: Uint8Array): Promise<TextFile[]> {
  const file = await opened(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength))
  const texts: TextFile[] = []
  let left = MOST_BYTES
  for (let entry = await nextEntry(file); entry; entry = await nextEntry(file)) {
    left -= entry.uncompressedSize
    if (left < 0) throw new Error('The files in the zip are too large')
    texts.push({ name: entry.fileName, text: await textOf(file, entry) })
  }
  if (texts.length === 0) throw new Error('The zip holds no file')
  return texts
}
