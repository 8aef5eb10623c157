import type { RecordValues } from '#sdk'
import type { Draft } from './draft.js'

interface Made {
  sources?: RecordValues[]
  targets?: RecordValues[]
  json?: string[]
}

const sourceOf = ({ source }: Draft) => source
const jsonOf = ({ json }: Draft) => json
const parsed = (json: string) => JSON.parse(json) as RecordValues

/**
 * The values of some records as bytes. As objects they would be most of what a runner holds, and
 * the garbage collector would move each of them and walk through it again and again.
 */
export class Bundle {
  /** The only one whose values are made out: records are asked for in their order. */
  static #open: Bundle | null = null

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
    if (Bundle.#open !== this) {
      if (Bundle.#open) Bundle.#open.#made = {}
      Bundle.#open = this
    }
    return this.#made
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}
