import type { RecordValues } from '#sdk'
import type { Draft } from './draft.js'

/** What tells records apart, by column. */
export interface Names {
  keys: string[]
  hashes: string[]
  matches: Array<string | null>
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

/**
 * What some records hold, as bytes. As objects it would be most of what a runner holds, and the
 * garbage collector would move each of them and walk through it again and again.
 */
export class Bundle {
  /** Those whose records are made out, which a job asks for several times, the oldest first. */
  static readonly #open = new Set<Bundle>()
  static #openBytes = 0

  readonly #names: Uint8Array
  #lines: Uint8Array | null
  #sources: Uint8Array | null
  #made: Made = {}
  /** How many records it is of. */
  readonly records: number
  /** Records whose values may still be asked for. */
  #left: number

  /**
   * @param lines the targets as JSON, one a line
   * @param sources one list as JSON; null where they are not known
   */
  constructor(names: Names, lines: Uint8Array, sources: Uint8Array | null) {
    this.#names = Buffer.from(JSON.stringify(names))
    this.#lines = lines
    this.#sources = sources
    this.records = this.#left = names.keys.length
  }

  static of(drafts: Draft[]): Bundle {
    const names = {
      keys: drafts.map(keyOf),
      hashes: drafts.map(hashOf),
      matches: drafts.map(matchOf),
    }
    const lines = Buffer.from(drafts.map(jsonOf).join('\n'))
    return new Bundle(names, lines, Buffer.from(JSON.stringify(drafts.map(sourceOf))))
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
    return this.#names.length + (this.#lines?.length ?? 0)
  }

  get names(): Names {
    return (this.#opened.names ??= JSON.parse(textOf(this.#names)) as Names)
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

  /** The values of one of its records are of no more use. */
  letGo(): void {
    this.#left--
    if (this.#left > 0) return
    this.#close()
    this.#lines = null
    this.#sources = null
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
