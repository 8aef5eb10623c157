import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

type Posted = Record<string, unknown>

/** A server that keeps what is posted to it. */
export class Receiver {
  readonly posted: Posted[] = []
  status = 200
  /** Whether it takes what is posted and never answers. */
  isSilent = false
  #arrived = () => {}

  private constructor(readonly server: Server) {
    server.on('request', async (request, response) => {
      this.posted.push((await json(request)) as Posted)
      if (!this.isSilent) response.writeHead(this.status).end()
      this.#arrived()
    })
  }

  static async open(cleanup: (close: () => Promise<void>) => void) {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const receiver = new Receiver(server)
    cleanup(() => receiver.close())
    return receiver
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  /** All that came, as soon as it is so many. */
  async wait(count: number) {
    while (this.posted.length < count) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
    }
    return this.posted
  }

  async close() {
    if (!this.server.listening) return
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
  }
}
