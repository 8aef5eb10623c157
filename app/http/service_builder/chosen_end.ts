import type { HttpContext } from '@adonisjs/core/http'
import type Connection from '#domain/connections/connection'
import { draftEnd } from '#domain/services/draft_problems'
import { notFound } from '#http/exceptions/not_found'

/** The connection that the builder asks about, if it is the tenant's. */
export async function chosenConnection({ request, tenant }: HttpContext): Promise<Connection> {
  const name: unknown = request.input('connection')
  const found = typeof name === 'string' ? await draftEnd(tenant, name) : null
  if (found === null) throw notFound()
  return found
}

export function chosenStream({ request }: HttpContext): string {
  const stream: unknown = request.input('stream')
  if (typeof stream !== 'string' || stream === '') throw notFound()
  return stream
}
