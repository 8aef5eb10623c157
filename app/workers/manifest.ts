import { promisify } from 'node:util'
import { constants, inflate, zstdCompress, zstdDecompress } from 'node:zlib'
import type { ZlibOptions, ZstdOptions } from 'node:zlib'
import { Bundle } from '#engine/bundle'
import type { Draft } from '#engine/draft'
import { PackedDraft, TOGETHER } from '#engine/packed_draft'

const pack = promisify<Buffer, ZstdOptions, Buffer>(zstdCompress)
const unpack = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress)
const unpackOld = promisify<Uint8Array, ZlibOptions, Buffer>(inflate)
/** How what an older version packed begins: its jobs may still be under way. */
const OLD = 0x78
/** Each chunk waits for a turn of the event loop, which is busy with the records to come. */
const CHUNK = { chunkSize: 1024 * 1024 }
const FAST = { ...CHUNK, params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const NEW_LINE = Buffer.from('\n')
/** Lines that are put into bytes at once: one foreign letter doubles the text that holds it. */
const LINES_AT_ONCE = 250

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
  const parts: Uint8Array[] = [Buffer.from(JSON.stringify(columns))]
  for (let from = 0; from < drafts.length;) {
    const whole = wholeBundle(drafts, from)
    if (whole) parts.push(NEW_LINE, whole.lines)
    const to = from + (whole?.records ?? Math.min(LINES_AT_ONCE, drafts.length - from))
    if (!whole) parts.push(Buffer.from(linesOf(drafts, from, to)))
    from = to
  }
  return pack(Buffer.concat(parts), FAST)
}

/** A bundle whose records are the next ones, all of them and in its order: its bytes are the lines. */
function wholeBundle(drafts: Draft[], from: number): { lines: Uint8Array; records: number } | null {
  const first = drafts[from]
  if (!(first instanceof PackedDraft) || first.place > 0) return null
  const { bundle } = first
  const { lines, records } = bundle
  if (lines === null) return null
  for (let place = 1; place < records; place++) {
    const draft = drafts[from + place]
    const isNext = draft instanceof PackedDraft && draft.bundle === bundle && draft.place === place
    if (!isNext) return null
  }
  return { lines, records }
}

function linesOf(drafts: Draft[], from: number, to: number): string {
  let lines = ''
  for (let at = from; at < to; at++) lines += `\n${drafts[at].json}`
  return lines
}

export async function unpackDrafts(manifest: Uint8Array): Promise<Draft[]> {
  const bytes = await (manifest[0] === OLD ? unpackOld : unpack)(manifest, CHUNK)
  const head = endOfLine(bytes, 0)
  const { keys, hashes, matches, targetIds }: Columns = JSON.parse(bytes.toString('utf8', 0, head))
  const drafts: Draft[] = []
  for (let from = head + 1; from < bytes.length;) {
    const sizes: number[] = []
    let end = from
    for (; sizes.length < TOGETHER && end < bytes.length; end = endOfLine(bytes, end) + 1) {
      sizes.push(endOfLine(bytes, end) - end)
    }
    const first = drafts.length
    const last = first + sizes.length
    const names = {
      keys: keys.slice(first, last),
      hashes: hashes.slice(first, last),
      matches: matches.slice(first, last),
    }
    const bundle = new Bundle(names, bytes.subarray(from, end - 1), null)
    for (const [place, size] of sizes.entries()) {
      drafts.push(new PackedDraft(bundle, place, size, targetIds[first + place] ?? null))
    }
    from = end
  }
  return drafts
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf('\n', from)
  return end === -1 ? bytes.length : end
}
