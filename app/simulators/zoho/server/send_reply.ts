import type { ServerResponse } from 'node:http'
import type { Reply } from './call.js'

export function sendReply(response: ServerResponse, { status, body, bytes, headers }: Reply) {
  const content = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
  const type = bytes ? {} : { 'Content-Type': 'application/json;charset=UTF-8' }
  if (!content) {
    response.writeHead(status, headers).end()
    return
  }
  response.writeHead(status, { ...type, 'Content-Length': content.length, ...headers })
  response.end(content)
}
