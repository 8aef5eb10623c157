import type { IncomingMessage } from 'node:http'
import { ApiFault } from './api_fault.js'

/** A little above the 25 MB of an upload, so that the upload itself can say what is wrong. */
const LARGEST = 40 * 1024 * 1024

export async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LARGEST) {
      throw new ApiFault(413, 'REQUEST_ENTITY_TOO_LARGE', 'the request body is too large')
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
}
