import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'

const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)

/** The zip inside a multipart body. */
export function uploadedFile(body: Buffer): Buffer {
  const boundary = body.subarray(0, body.indexOf('\r\n'))
  const start = body.indexOf('\r\n\r\n') + 4
  return body.subarray(start, body.lastIndexOf(boundary) - 2)
}

async function csvInside(zip: Buffer): Promise<string> {
  const file = await open(zip, { lazyEntries: true })
  const entryRead = once(file, 'entry')
  file.readEntry()
  const [entry] = (await entryRead) as [Entry]
  const stream = await promisify<Entry, NodeJS.ReadableStream>(file.openReadStream.bind(file))(
    entry
  )
  return text(stream)
}

/** Answers an uploaded file with Zoho's result for it: the first three columns and what became of each row. */
export async function resultOf(
  zip: Buffer,
  nextId: () => string
): Promise<{ zip: Buffer; records: number }> {
  const csv = await csvInside(zip)
  let at = endOfRecord(csv, 0)
  let result = `${firstThree(csv, 0, at)},STATUS,RECORD_ID,ERRORS\n`
  let records = 0
  for (let start = at + 1; start < csv.length; start = at + 1) {
    at = endOfRecord(csv, start)
    if (at <= start) continue
    result += `${firstThree(csv, start, at)},ADDED,${nextId()},\n`
    records++
  }
  return { zip: await zipped(result), records }
}

/** Where the line feed after a record stands; one inside quotes does not count. */
function endOfRecord(csv: string, start: number): number {
  let end = csv.indexOf('\n', start)
  if (end === -1) end = csv.length
  let quote = csv.indexOf('"', start)
  while (quote !== -1 && quote < end) {
    const closing = csv.indexOf('"', quote + 1)
    if (closing === -1) return csv.length
    if (closing > end) end = csv.indexOf('\n', closing)
    if (end === -1) end = csv.length
    quote = csv.indexOf('"', closing + 1)
  }
  return end
}

function firstThree(csv: string, start: number, end: number): string {
  let at = start
  for (let cell = 0; cell < 3; cell++) {
    at = endOfCell(csv, at, end)
    if (at >= end) return csv.slice(start, end).trimEnd()
    at++
  }
  return csv.slice(start, at - 1)
}

function endOfCell(csv: string, start: number, end: number): number {
  let from = start
  while (csv[from] === '"') from = csv.indexOf('"', from + 1) + 1
  const comma = csv.indexOf(',', from)
  return comma === -1 ? end : comma
}

export async function zipped(csv: string): Promise<Buffer> {
  const zip = new ZipWriter()
  zip.addBuffer(Buffer.from(csv), 'result.csv', { compressionLevel: 1 })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
