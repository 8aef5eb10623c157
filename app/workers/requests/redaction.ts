import type { HttpRequest } from '#sdk'
import { HIDDEN, redactJson } from './redact_json.js'
import type { HiddenNames } from './hidden_names.js'
import type { Answer, KeptBody, KeptText } from './request_note.js'

/** Characters of a body that are kept. */
const LONGEST = 65_536
/** A secret that is cut in two must not show its first half. */
const MARGIN = 4_096
const SHORTEST_SECRET = 4
const MOST_HID = 2_000

interface Sides {
  url: URL
  request: HttpRequest
  answer: Answer | null
  /** The Authorization header, where the guarded client added one. */
  token: string | null
}

/** Is told what was hidden; null for what a vendor says. */
type Hid = ((value: string) => void) | null

/** Makes of a call what may be kept of it. */
export class Redaction {
  readonly #secrets: string[]
  #token: string | null = null
  #withToken: string[]
  /** What a vendor says of a field is no condition with its value. */
  readonly #ofAnswers = { has: (name: string) => this.hidden.has(name), areIn: () => false }

  constructor(
    secrets: string[],
    readonly hidden: HiddenNames
  ) {
    this.#secrets = variants(secrets)
    this.#withToken = this.#secrets
  }

  /** Where a call went, without its query. */
  path(url: URL, token: string | null): string {
    return without(url.pathname, this.#secretsWith(token))
  }

  body({ url, request, answer, token }: Sides): KeptBody {
    const hid = new Set<string>()
    const note = (value: string) => {
      if (value.length >= SHORTEST_SECRET && hid.size < MOST_HID) hid.add(value)
    }
    const secrets = this.#secretsWith(token)
    const query = this.#pairs(url.searchParams, secrets, note)
    const sent = this.#kept(request.body ?? '', typeOf(request), secrets, note)
    if (answer === null) return { query, sent, received: null }
    // A vendor may say in its answer what it was sent.
    const also = [...secrets, ...hid].sort((a, b) => b.length - a.length)
    return { query, sent, received: this.#kept(answer.bytes, answer.type, also, null) }
  }

  /** A token stays the same for many calls. */
  #secretsWith(token: string | null): string[] {
    if (token !== this.#token) {
      this.#token = token
      this.#withToken = [...this.#secrets, ...tokenOf(token)]
    }
    return this.#withToken
  }

  #kept(body: string | Uint8Array, type: string, secrets: string[], hid: Hid): KeptText {
    const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
    const text = textOf(body)
    if (text === null) return { bytes, text: null, because: 'binary' }
    const piece = without(text.slice(0, LONGEST + MARGIN), secrets)
    const shown = this.#shown(piece, type, secrets, hid)
    if (shown === null) return { bytes, text: null, because: 'private' }
    const isCut = text.length > LONGEST
    return { bytes, text: shown.slice(0, LONGEST), because: isCut ? 'cut' : null }
  }

  /** Null where nothing tells private values from others. */
  #shown(text: string, type: string, secrets: string[], hid: Hid): string | null {
    if (/json/i.test(type) || /^\s*[{[]/.test(text)) {
      return redactJson(text, hid === null ? this.#ofAnswers : this.hidden, hid ?? (() => {}))
    }
    if (/x-www-form-urlencoded/i.test(type)) {
      return this.#pairs(new URLSearchParams(text), secrets, hid)
        .map((pair) => pair.join('='))
        .join('&')
    }
    return this.hidden.hasFields && text !== '' ? null : text
  }

  #pairs(given: URLSearchParams, secrets: string[], hid: Hid): Array<[string, string]> {
    return [...given].map(([name, value]) => {
      if (!this.hidden.has(name) && !this.hidden.areIn(value))
        return [name, without(value, secrets)]
      hid?.(value)
      return [name, HIDDEN]
    })
  }
}

function typeOf({ headers = {} }: HttpRequest): string {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'content-type')
  return name === undefined ? '' : headers[name]
}

function without(text: string, secrets: string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text)
}

/** A token by itself, and with the word that stands before it. */
function tokenOf(header: string | null): string[] {
  return header === null ? [] : variants([header, header.slice(header.indexOf(' ') + 1)])
}

/** Longest first, so that no part of one is left where it holds another. */
function variants(secrets: string[]): string[] {
  return [...new Set(secrets)]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ])
    .sort((a, b) => b.length - a.length)
}

function textOf(body: string | Uint8Array): string | null {
  if (typeof body === 'string') return body
  const piece = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 4 * LONGEST))
  return piece.includes(0) ? null : piece.toString()
}
