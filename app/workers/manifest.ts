import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Draft } from '#engine/draft'

const pack = promisify<Buffer, { level: number }, Buffer>(deflate)
const unpack = promisify<Uint8Array, Buffer>(inflate)

interface Columns {
  keys: string[]
  hashes: string[]
  matches: Array<string | null>
  targetIds: Array<string | null>
}

/**
 * The records of a job, as they are stored with its ticket: what was sent and how it is known,
 * one line of JSON for the columns, then a line per record. The source record is read again
 * where it is needed.
 */
export function packDrafts(drafts: Draft[]): Promise<Uint8Array> {
  const columns: Columns = {
    keys: drafts.map(({ key }) => key),
    hashes: drafts.map(({ hash }) => hash),
    matches: drafts.map(({ match }) => match),
    targetIds: drafts.map(({ targetId }) => targetId),
  }
  const lines = [JSON.stringify(columns), ...drafts.map(({ json }) => json)]
  return pack(Buffer.from(lines.join('\n')), { level: 1 })
}

export async function unpackDrafts(manifest: Uint8Array): Promise<Draft[]> {
  const bytes = await unpack(manifest)
  const [head = '', ...lines] = bytes.toString().split('\n')
  const { keys, hashes, matches, targetIds }: Columns = JSON.parse(head)
  return lines.map((json, index) => ({
    key: String(keys[index]),
    source: {},
    target: JSON.parse(json),
    json,
    hash: String(hashes[index]),
    match: matches[index] ?? null,
    targetId: targetIds[index] ?? null,
  }))
}
