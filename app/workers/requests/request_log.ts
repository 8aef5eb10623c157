import type { HttpRequest } from '#sdk'
import type { Redaction } from './redaction.js'
import type { Answer, Purpose, RequestNote, RequestReport } from './request_note.js'

/** Of the calls that went well: so many from the start of a run, and so many from its end. */
const [FIRST, LAST] = [200, 200]
/** Of those that did not. */
const MOST_FAILED = 500
/** How many of either are kept with what was said. */
const [BODIES, BODIES_OF_FAILED] = [10, 100]
const EVERY = 1_000

/** A call that is over. What it says is worked out only where it is kept. */
export interface Call {
  purpose: Purpose
  connectionId: string
  redaction: Redaction
  token: string | null
  at: number
  took: number
  request: HttpRequest
  url: URL
  answer: Answer | null
  error: string | null
}

/**
 * The calls of one run. All are counted; all that failed and a bounded number of the others are
 * kept. They are told about once a second, never one by one.
 */
export class RequestLog {
  #report: RequestReport = empty()
  readonly #last: RequestNote[] = []
  #good = 0
  #failed = 0
  #bodies = 0
  #timer: NodeJS.Timeout | null = null
  #telling: Promise<void> = Promise.resolve()

  constructor(
    readonly tell: (report: RequestReport) => Promise<void>,
    readonly trouble: (error: unknown) => void
  ) {}

  note(call: Call): void {
    this.#report.total += 1
    if (call.answer === null || call.answer.status >= 400) this.#noteFailed(call)
    else if (this.#good++ < FIRST) this.#keep(call, this.#bodies++ < BODIES)
    else this.#last[(this.#good - FIRST - 1) % LAST] = noteOf(call, false)
    this.#timer ??= setTimeout(() => this.#flush(), EVERY)
  }

  /** Tells the rest. A history that cannot be written ends no run. */
  async close(): Promise<void> {
    const begin = Math.max(0, this.#good - FIRST - this.#last.length) % LAST
    const inOrder = [...this.#last.slice(begin), ...this.#last.slice(0, begin)]
    this.#report.notes.push(...inOrder)
    this.#last.length = 0
    this.#flush()
    await this.#telling
  }

  #noteFailed(call: Call): void {
    this.#report.failed += 1
    if (this.#failed < MOST_FAILED) this.#keep(call, this.#failed < BODIES_OF_FAILED)
    this.#failed += 1
  }

  #keep(call: Call, hasBody: boolean): void {
    this.#report.notes.push(noteOf(call, hasBody))
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#report.total === 0 && this.#report.notes.length === 0) return
    const report = this.#report
    this.#report = empty()
    this.#telling = this.#telling.then(() => this.tell(report)).catch(this.trouble)
  }
}

const empty = (): RequestReport => ({ total: 0, failed: 0, notes: [] })

function noteOf(call: Call, hasBody: boolean): RequestNote {
  const { purpose, connectionId, redaction, token, at, took, request, url, answer, error } = call
  return {
    ...purpose,
    ...{ connectionId, at, took, error },
    method: request.method,
    host: url.host,
    path: redaction.path(url, token),
    status: answer?.status ?? null,
    bytesSent: sizeOf(request.body),
    bytesReceived: answer?.bytes.byteLength ?? 0,
    body: hasBody ? redaction.body(call) : null,
  }
}

function sizeOf(body: string | Uint8Array | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)
}
