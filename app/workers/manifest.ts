import { promisify } from 'node:util'
import { constants, inflate, zstdCompress, zstdDecompress } from 'node:zlib'
import type { ZlibOptions, ZstdOptions } from 'node:zlib'
import { Bundle, namesOf } from '#engine/bundle'
import type { Names } from '#engine/bundle'
import type { Draft } from '#engine/draft'
import { PackedDraft, TOGETHER } from '#engine/packed_draft'
import { stretchesOf } from '#engine/stretches'
import type { Stretch } from '#engine/stretches'

const pack = promisify<Buffer, ZstdOptions, Buffer>(zstdCompress)
const unpack = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress)
const unpackOld = promisify<Uint8Array, ZlibOptions, Buffer>(inflate)
/** How what an older version packed begins: its jobs may still be under way. */
const OLD = 0x78
/** Each chunk waits for a turn of the event loop, which is busy with the records to come. */
const CHUNK = { chunkSize: 1024 * 1024 }
const FAST = { ...CHUNK, params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const NEW_LINE = Buffer.from('\n')
/** The first line. */
interface Head {
  /** How many records follow each line of names. */
  parts: number[]
  /** Null where none is known. */
  targetIds: Array<string | null> | null
}

/** The first line as older versions wrote it: the names of all records. */
type OldHead = Names & { targetIds: Array<string | null> }

/**
 * The records of a job, as they are stored with its ticket: what was sent and how it is known.
 * After the first line, for each part a line of names, then a line per record; all of it JSON. The
 * source record is read again where it is needed.
 */
export function packDrafts(drafts: Draft[]): Promise<Uint8Array> {
  const stretches = [...stretchesOf(drafts)]
  const targetIds = drafts.map(({ targetId }) => targetId)
  const head: Head = {
    parts: stretches.map((each) => each.drafts.length),
    targetIds: targetIds.some((id) => id !== null) ? targetIds : null,
  }
  const parts: Uint8Array[] = [Buffer.from(JSON.stringify(head))]
  for (const stretch of stretches) {
    const { names, lines } = bytesOf(stretch)
    parts.push(NEW_LINE, names, NEW_LINE, lines)
  }
  return pack(Buffer.concat(parts), FAST)
}

/** Of a whole bundle as they lie there. */
function bytesOf({ bundle, drafts }: Stretch): { names: Uint8Array; lines: Uint8Array } {
  if (bundle?.records === drafts.length && bundle.lines !== null) {
    return { names: bundle.nameBytes, lines: bundle.lines }
  }
  return { names: namesOf(drafts), lines: Buffer.from(drafts.map(({ json }) => json).join('\n')) }
}

export async function unpackDrafts(manifest: Uint8Array): Promise<Draft[]> {
  const bytes = await (manifest[0] === OLD ? unpackOld : unpack)(manifest, CHUNK)
  const end = endOfLine(bytes, 0)
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head | OldHead
  if (!('parts' in head)) return readOld(bytes, end + 1, head)
  const drafts: Draft[] = []
  let from = end + 1
  for (const records of head.parts) {
    const endOfNames = endOfLine(bytes, from)
    const names = bytes.subarray(from, endOfNames)
    const [lines, sizes] = linesAt(bytes, endOfNames + 1, records)
    addBundle(drafts, new Bundle(records, { ...BARE, names, lines }), sizes, head.targetIds)
    from = endOfNames + 1 + lines.length + 1
  }
  return drafts
}

function readOld(bytes: Buffer, start: number, head: OldHead): Draft[] {
  const drafts: Draft[] = []
  for (let from = start; from < bytes.length;) {
    const [lines, sizes] = linesAt(bytes, from, TOGETHER)
    const place = [drafts.length, drafts.length + sizes.length] as const
    const names = {
      keys: head.keys.slice(...place),
      hashes: head.hashes.slice(...place),
      matches: head.matches.slice(...place),
    }
    const held = { ...BARE, names: Buffer.from(JSON.stringify(names)), lines }
    addBundle(drafts, new Bundle(sizes.length, held), sizes, head.targetIds)
    from += lines.length + 1
  }
  return drafts
}

const BARE = { sources: null, composed: null }

/** So many lines, or as many as there are, and the length of each. */
function linesAt(bytes: Buffer, start: number, most: number): [lines: Buffer, sizes: number[]] {
  const sizes: number[] = []
  let at = start
  for (; sizes.length < most && at < bytes.length; at = endOfLine(bytes, at) + 1) {
    sizes.push(endOfLine(bytes, at) - at)
  }
  return [bytes.subarray(start, at - 1), sizes]
}

function addBundle(
  drafts: Draft[],
  bundle: Bundle,
  sizes: number[],
  targetIds: Head['targetIds']
): void {
  const first = drafts.length
  for (const [place, size] of sizes.entries()) {
    drafts.push(new PackedDraft(bundle, place, size, targetIds?.[first + place] ?? null))
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf('\n', from)
  return end === -1 ? bytes.length : end
}
