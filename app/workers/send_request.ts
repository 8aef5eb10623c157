import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface Received {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
}

/** Sends a request and takes in the whole answer. Throws undici's error where there is none. */
export function sendRequest(
  dispatcher: Dispatcher,
  url: URL,
  options: Omit<Dispatcher.DispatchOptions, 'origin' | 'path'>
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { origin, pathname, search } = url
    const receiver = new Receiver(resolve, reject)
    dispatcher.dispatch({ ...options, origin, path: pathname + search }, receiver)
  })
}

/**
 * Undici's own `request` makes a stream and an async resource of each answer. These outlive V8's
 * collections of the young, and the bytes of thousands of calls with them.
 */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = []
  #status = 0
  #headers: IncomingHttpHeaders = {}

  constructor(
    readonly resolve: (received: Received) => void,
    readonly reject: (error: Error) => void
  ) {}

  onRequestStart(): void {
    // It is under way.
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders
  ): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.resolve({ status: this.#status, headers: this.#headers, bytes: joined(this.#chunks) })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }
}

/** In memory of its own: Buffer.concat takes small ones from a pool, which holds the bytes of other calls. */
function joined(chunks: Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) at += chunk.copy(bytes, at)
  return bytes
}
