import type { RecordValues } from '#sdk'
import type { Draft } from './draft.js'

interface Made {
  sources?: RecordValues[]
  targets?: RecordValues[]
  json?: string[]
}

/** Bytes of the bundles that are made out at once: those of a job, unless its records are wide. */
const MOST_OPEN = 12 * 1024 * 1024

const sourceOf = ({ source }: Draft) => source
const jsonOf = ({ json }: Draft) => json
const parsed = (json: string) => JSON.parse(json) as RecordValues

/**
 * The values of some records as bytes. As objects they would be most of what a runner holds, and
 * the garbage collector would move each of them and walk through it again and again.
 */
export class Bundle {
  /** Those whose values are made out, which a job asks for several times, the oldest first. */
  static readonly #open = new Set<Bundle>()
  static #openBytes = 0

  readonly #lines: Uint8Array
  readonly #sources: Uint8Array | null
  #made: Made = {}

  /**
   * @param lines the targets as JSON, one a line
   * @param sources one list as JSON; null where they are not known
   */
  constructor(lines: Uint8Array, sources: Uint8Array | null) {
    this.#lines = lines
    this.#sources = sources
  }

  static of(drafts: Draft[]): Bundle {
    const lines = Buffer.from(drafts.map(jsonOf).join('\n'))
    return new Bundle(lines, Buffer.from(JSON.stringify(drafts.map(sourceOf))))
  }

  /** Nobody asks for these for a while. */
  static closeAll(): void {
    for (const each of Bundle.#open) each.#close()
  }

  #close(): void {
    Bundle.#open.delete(this)
    Bundle.#openBytes -= this.#lines.length
    this.#made = {}
  }

  get sources(): RecordValues[] {
    if (this.#sources === null) return []
    return (this.#opened.sources ??= JSON.parse(textOf(this.#sources)) as RecordValues[])
  }

  get targets(): RecordValues[] {
    return (this.#opened.targets ??= this.json.map(parsed))
  }

  get json(): string[] {
    return (this.#opened.json ??= textOf(this.#lines).split('\n'))
  }

  get #opened(): Made {
    if (Bundle.#open.has(this)) return this.#made
    Bundle.#open.add(this)
    Bundle.#openBytes += this.#lines.length
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
