import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip that holds one CSV, as bulk write takes it. */
export async function zipCsv(name: string, lines: readonly string[]) {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(`${lines.join('\n')}\n`), name)
  zip.end()
  return buffer(zip.outputStream)
}
