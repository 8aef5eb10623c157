import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A mail server for tests: takes every letter over SMTP and keeps it. */
export class MailBox {
  readonly letters: string[] = []
  /** Answered to each letter; a code of 400 and more refuses it. */
  reply = '250 taken'
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((socket) => this.#serve(socket))

  static async open(port = 0): Promise<MailBox> {
    const box = new MailBox()
    box.#server.listen(port, '127.0.0.1')
    await once(box.#server, 'listening')
    return box
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let letter: string[] | null = null
    let rest = ''
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 mailbox')
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (letter !== null && line !== '.') letter.push(line)
        else if (letter !== null) {
          if (this.reply.startsWith('2')) this.letters.push(letter.join('\n'))
          letter = null
          say(this.reply)
        } else if (/^DATA/i.test(line)) {
          letter = []
          say('354 go on')
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else say('250 ok')
      }
    })
  }
}
