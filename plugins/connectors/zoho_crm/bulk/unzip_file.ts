import { crc32 } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

/** More than a result of 25,000 rows can be; a bomb stops here. */
const MOST_BYTES = 256 * 1024 * 1024

function opened(zip: Buffer) {
  return new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (file ? resolve(file) : reject(error)))
  })
}

function firstEntry(file: ZipFile) {
  return new Promise<Entry>((resolve, reject) => {
    file.once('entry', resolve)
    file.once('end', () => reject(new Error('The zip holds no file')))
    file.once('error', reject)
    file.readEntry()
  })
}

function stream(file: ZipFile, entry: Entry) {
  return new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    file.openReadStream(entry, (error, content) => (content ? resolve(content) : reject(error)))
  })
}

/** The text of the one file in a zip. Rejects what is cut off or changed on the way. */
export async function unzipFile(zip: Uint8Array): Promise<string> {
  const file = await opened(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength))
  const entry = await firstEntry(file)
  if (entry.uncompressedSize > MOST_BYTES) throw new Error('The file in the zip is too large')
  const chunks: Buffer[] = []
  for await (const chunk of await stream(file, entry)) chunks.push(Buffer.from(chunk))
  const content = Buffer.concat(chunks)
  if (crc32(content) !== entry.crc32) throw new Error('The file in the zip is damaged')
  return content.toString('utf8')
}
