import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { TextFile } from './zip_files.js'

const inflate = promisify(inflateRaw)
/** More than a result of 25,000 rows can be; a bomb stops here. */
const MOST_BYTES = 256 * 1024 * 1024
/** Each chunk waits for a turn of the event loop, which is busy with the records to come. */
const MEGABYTE = 1024 * 1024

async function contentOf(zip: Buffer, file: ZipFile, entry: Entry): Promise<Buffer> {
  if (!entry.canDecodeFileData()) throw new Error('A file in the zip is packed in a way of its own')
  const { compressedSize, uncompressedSize } = entry
  const { fileDataStart: start } = await file.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = zip.subarray(start, start + compressedSize)
  if (!entry.isCompressed()) return packed
  return inflate(packed, { chunkSize: MEGABYTE, maxOutputLength: Math.max(1, uncompressedSize) })
}

/** The texts in a zip. Rejects what is cut off or changed on the way. */
export async function unzipFiles(bytes: Uint8Array): Promise<TextFile[]> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const file = await fromBufferPromise(zip, { lazyEntries: true })
  const texts: TextFile[] = []
  let left = MOST_BYTES
  for await (const entry of file.eachEntry()) {
    left -= entry.uncompressedSize
    if (left < 0) throw new Error('The files in the zip are too large')
    const content = await contentOf(zip, file, entry)
    if (crc32(content) !== entry.crc32) throw new Error('A file in the zip is damaged')
    texts.push({ name: entry.fileName, text: content.toString('utf8') })
  }
  if (texts.length === 0) throw new Error('The zip holds no file')
  return texts
}
