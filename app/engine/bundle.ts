import type { Compose, RecordValues } from '#sdk'
import type { Draft } from './draft.js'

/** What tells records apart, by column. */
export interface Names {
  keys: string[]
  hashes: string[]
  matches: Array<string | null>
}

/** Records as their route composed them: the bytes of all, and the letters up to the end of each. */
interface Composed {
  bytes: Uint8Array
  ends: Uint32Array
}

interface Held {
  /** As JSON. */
  names: Uint8Array
  /** The targets as JSON, one a line. */
  lines: Uint8Array
  /** One list as JSON; null where they are not known. */
  sources: Uint8Array | null
  composed: Composed | null
}

interface Made {
  names?: Names
  sources?: RecordValues[]
  targets?: RecordValues[]
  json?: string[]
}

/** Bytes of the bundles that are made out at once: those of a job, unless its records are wide. */
const MOST_OPEN = 12 * 1024 * 1024

const sourceOf = ({ source }: Draft) => source
const jsonOf = ({ json }: Draft) => json
const keyOf = ({ key }: Draft) => key
const hashOf = ({ hash }: Draft) => hash
const matchOf = ({ match }: Draft) => match

export function namesOf(drafts: Draft[]): Uint8Array {
  const names: Names = {
    keys: drafts.map(keyOf),
    hashes: drafts.map(hashOf),
    matches: drafts.map(matchOf),
  }
  return Buffer.from(JSON.stringify(names))
}

/** Null where the route does not compose one of them. */
function composedOf(drafts: Draft[], compose: Compose): Composed | null {
  const ends = new Uint32Array(drafts.length)
  let text = ''
  let at = 0
  for (const { target } of drafts) {
    const piece = compose(target)
    if (piece === null) return null
    text += piece
    ends[at++] = text.length
  }
  return { bytes: Buffer.from(text), ends }
}

/**
 * What some records hold, as bytes. As objects it would be most of what a runner holds, and the
 * garbage collector would move each of them and walk through it again and again.
 */
export class Bundle {
  /** Those whose records are made out, which a job asks for several times, the oldest first. */
  static readonly #open = new Set<Bundle>()
  static #openBytes = 0

  /** What tells its records apart, as JSON. */
  readonly nameBytes: Uint8Array
  #lines: Uint8Array | null
  #sources: Uint8Array | null
  #composed: Composed | null
  #made: Made = {}
  /** How many records it is of. */
  readonly records: number
  /** Records whose values may still be asked for. */
  #left: number

  constructor(records: number, { names, lines, sources, composed }: Held) {
    this.nameBytes = names
    this.#lines = lines
    this.#sources = sources
    this.#composed = composed
    this.records = this.#left = records
  }

  static of(drafts: Draft[], compose: Compose | null): Bundle {
    return new Bundle(drafts.length, {
      names: namesOf(drafts),
      lines: Buffer.from(drafts.map(jsonOf).join('\n')),
      sources: Buffer.from(JSON.stringify(drafts.map(sourceOf))),
      composed: compose && composedOf(drafts, compose),
    })
  }

  /** Nobody asks for these for a while. */
  static closeAll(): void {
    for (const each of Bundle.#open) each.#close()
  }

  #close(): void {
    if (!Bundle.#open.delete(this)) return
    Bundle.#openBytes -= this.#size
    this.#made = {}
  }

  get #size(): number {
    return this.nameBytes.length + (this.#lines?.length ?? 0)
  }

  get names(): Names {
    return (this.#opened.names ??= JSON.parse(textOf(this.nameBytes)) as Names)
  }

  /** Empty where they are not known. */
  get sources(): RecordValues[] {
    if (this.#sources === null) return []
    return (this.#opened.sources ??= JSON.parse(textOf(this.#sources)) as RecordValues[])
  }

  get targets(): RecordValues[] {
    return (this.#opened.targets ??= JSON.parse(
      `[${this.#text.replaceAll('\n', ',')}]`
    ) as RecordValues[])
  }

  get json(): string[] {
    return (this.#opened.json ??= this.#text.split('\n'))
  }

  get #text(): string {
    return this.#lines === null ? '' : textOf(this.#lines)
  }

  /** All its targets as JSON, one a line; null once the values of all are let go of. */
  get lines(): Uint8Array | null {
    return this.#lines
  }

  /** Its records from one place up to another, as their route composed them; null where it did not. */
  composed(from: number, to: number): Uint8Array | null {
    if (this.#composed === null) return null
    const { bytes, ends } = this.#composed
    if (from === 0 && to === this.records) return bytes
    return Buffer.from(textOf(bytes).slice(from === 0 ? 0 : ends[from - 1], ends[to - 1]))
  }

  /** The values of one of its records are of no more use. */
  letGo(): void {
    this.#left--
    if (this.#left > 0) return
    this.#close()
    this.#lines = null
    this.#sources = null
    this.#composed = null
  }

  get #opened(): Made {
    if (Bundle.#open.has(this)) return this.#made
    Bundle.#open.add(this)
    Bundle.#openBytes += this.#size
    for (const oldest of Bundle.#open) {
      if (oldest === this || Bundle.#openBytes <= MOST_OPEN) break
      oldest.#close()
    }
    return this.#made
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
