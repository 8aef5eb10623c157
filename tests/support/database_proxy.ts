import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a connector and a database, and can spoil what passes. */
export class DatabaseProxy {
  readonly #sockets = new Set<Socket>()
  #refusesNext = false
  #losesNext = false

  private constructor(
    readonly port: number,
    readonly close: () => Promise<void>
  ) {}

  /** `refuse` says in the database's own words that it takes no more connections. */
  static async before(upstream: number, refuse: (socket: Socket) => void): Promise<DatabaseProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port was given')
    const proxy = new DatabaseProxy(address.port, async () => {
      for (const socket of proxy.#sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    })
    server.on('connection', (socket) => {
      proxy.#keep(socket)
      if (!proxy.#refusesNext) return proxy.#pass(socket, upstream)
      proxy.#refusesNext = false
      refuse(socket)
    })
    return proxy
  }

  refuseNext(): void {
    this.#refusesNext = true
  }

  /** The next COMMIT is done, and nobody hears of it. */
  loseNextCommit(): void {
    this.#losesNext = true
  }

  #pass(client: Socket, port: number): void {
    const server = this.#keep(connect(port, '127.0.0.1'))
    let isLost = false
    client.on('data', (bytes: Buffer) => {
      if (this.#losesNext && isCommit(bytes)) {
        this.#losesNext = false
        isLost = true
      }
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (isLost) client.destroy()
      else client.write(bytes)
    })
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
    return socket
  }
}

/** Alone in its packet, as both protocols send it. */
function isCommit(bytes: Buffer): boolean {
  return bytes.length < 16 && bytes.includes('COMMIT')
}
