import type { HttpRequest } from '@adonisjs/core/http'
import type { WebhookRequest } from '#sdk'

export const LARGEST_BODY = 256 * 1024

/** The request as connectors parse it; null when its body is too large. */
export async function readRequest(
  request: HttpRequest,
  largest: number
): Promise<WebhookRequest | null> {
  const body = request.raw() ?? (await readText(request, largest))
  if (body === null || Buffer.byteLength(body) > largest) return null
  return {
    headers: texts(request.headers()),
    query: texts(request.qs()),
    body,
  }
}

/** A body of a type that the body parser leaves alone. */
async function readText({ request }: HttpRequest, largest: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > largest) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function texts(values: object): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : []
    )
  )
}
