import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { endsWithTest } from '#tests/support/ends_with_test'

/** A way to a server that can be shut: while it is, whoever posts finds nobody there. */
export class Gate {
  #server: Server | null = null
  #port = 0

  constructor(readonly target: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async open(): Promise<void> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const answer = await fetch(new URL(request.url ?? '/', this.target), {
        method: 'POST',
        headers: { 'content-type': request.headers['content-type'] ?? '' },
        body: Buffer.concat(chunks),
      }).catch(() => null)
      response.writeHead(answer?.status ?? 502).end()
    })
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    endsWithTest(() => this.shut())
  }

  async shut(): Promise<void> {
    const server = this.#server
    if (server === null) return
    this.#server = null
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
}
