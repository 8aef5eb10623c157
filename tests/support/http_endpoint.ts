import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

/** Answers a call; `undefined` cuts the line after it was received. */
export type Answer = (
  received: Received
) => { status: number; body?: unknown; headers?: { [name: string]: string } } | undefined

export interface HttpEndpoint {
  url: string
  received: Received[]
  /** Answers the next call in place of the usual answer. */
  next: Answer[]
  close(): Promise<void>
}

/** A real HTTP server that keeps what it was sent. */
export async function openHttpEndpoint(usual: Answer): Promise<HttpEndpoint> {
  const received: Received[] = []
  const next: Answer[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      }
      received.push(call)
      const answer = (next.shift() ?? usual)(call)
      if (answer === undefined) request.socket.destroy()
      else reply(response, answer)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    next,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function reply(
  response: ServerResponse,
  { status, body, headers }: NonNullable<ReturnType<Answer>>
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? null))
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
  return body
}
