import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { crc32 } from 'node:zlib'
import { parse } from 'csv-parse'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

function opened(zip: Buffer) {
  return new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (file ? resolve(file) : reject(error)))
  })
}

async function firstEntry(file: ZipFile): Promise<Entry> {
  const found = once(file, 'entry')
  const ended = once(file, 'end').then(() => {
    throw new Error('The zip holds no file')
  })
  file.readEntry()
  const [entry] = (await Promise.race([found, ended])) as [Entry]
  return entry
}

function content(file: ZipFile, entry: Entry) {
  return new Promise<Readable>((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (stream ? resolve(stream) : reject(error)))
  })
}

/** Looks the file over before a row of it is believed. */
async function assertWhole(file: ZipFile, entry: Entry) {
  let sum = 0
  for await (const chunk of await content(file, entry)) sum = crc32(chunk as Buffer, sum)
  if (sum !== entry.crc32) throw new Error('The file in the zip is damaged')
}

/** The rows of the CSV in a zip, header first, unpacked and parsed as they are taken. */
export async function* zipRows(zip: Uint8Array): AsyncGenerator<string[]> {
  const file = await opened(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength))
  const entry = await firstEntry(file)
  await assertWhole(file, entry)
  const parser = parse({ bom: true })
  // What goes wrong reaches the one who takes the rows.
  pipeline(await content(file, entry), parser, () => undefined)
  for await (const row of parser) yield row as string[]
}
