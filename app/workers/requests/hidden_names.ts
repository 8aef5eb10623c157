import type { ServiceDefinition } from '#sdk'

const SECRET = /token|secret|password|passwd|authorization|api_?key|zapikey|cookie|credential/i
/** It looks like a secret, and says where a list goes on. */
const PLACE = /page_?token/i
const NAMED = /\bsource(?:\.([A-Za-z_]\w*)|\["([^"]+)"\])/g

/** Names whose values are never kept: those of secrets, and the fields that a service marks as private. */
export class HiddenNames {
  readonly #fields: Set<string>
  readonly #mention: RegExp | null

  constructor(fields: string[] = []) {
    this.#fields = new Set(fields)
    const words = [...this.#fields].map((field) => RegExp.escape(field)).join('|')
    this.#mention = words === '' ? null : new RegExp(`(?<![\\w])(?:${words})(?![\\w])`)
  }

  /** The fields of private rows, on both sides of the mapping. */
  static of({ mapping }: Pick<ServiceDefinition, 'mapping'>): HiddenNames {
    const fields = mapping
      .filter((row) => row.private === true)
      .flatMap(({ to, from, formula, when }) => [
        ...[to, from],
        ...[formula, ...(when ?? []).flatMap((each) => [each.if, each.formula])].flatMap(namedIn),
        ...(when ?? []).map((each) => each.from),
      ])
    return new HiddenNames(fields.filter((field) => field !== undefined))
  }

  get hasFields(): boolean {
    return this.#mention !== null
  }

  has(name: string): boolean {
    return this.#fields.has(name) || (SECRET.test(name) && !PLACE.test(name))
  }

  /** A condition or query that names a private field likely holds its value. */
  areIn(text: string): boolean {
    return this.#mention !== null && !this.#fields.has(text) && this.#mention.test(text)
  }
}

function namedIn(formula: string | undefined): Array<string | undefined> {
  return [...(formula ?? '').matchAll(NAMED)].map(([, plain, quoted]) => plain ?? quoted)
}
