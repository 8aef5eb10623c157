import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'

const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    zip.once('entry', resolve)
    zip.once('end', () => resolve(null))
    zip.once('error', reject)
    zip.readEntry()
  })
}

/** Files of a zip by name. */
export async function readZip(bytes: Buffer) {
  const zip = await open(bytes, { lazyEntries: true })
  const files = new Map<string, Buffer>()
  const openStream = promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))
  for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
    if (entry.fileName.endsWith('/')) continue
    files.set(entry.fileName, await buffer(await openStream(entry)))
  }
  return files
}

export async function zipStream(name: string, content: NodeJS.ReadableStream) {
  const zip = new ZipWriter()
  zip.addReadStream(content, name)
  zip.end()
  return buffer(zip.outputStream)
}

/** A zip of texts by name. */
export async function writeZip(files: ReadonlyMap<string, string>) {
  const zip = new ZipWriter()
  for (const [name, content] of files) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}
