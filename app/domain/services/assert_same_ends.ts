import db from '@adonisjs/lucid/services/db'
import type Connection from '#domain/connections/connection'
import { Refusal } from '#domain/refusal'
import type Service from '#domain/services/service'
import type { ServiceDefinition } from '#sdk'

export interface Ends {
  definition: ServiceDefinition
  source: Connection
  target: Connection
}

/**
 * What a service remembers of its records is which of them holds what in its target: by it, those
 * of another source would overwrite what they are not, and another target would get nothing.
 */
export async function assertSameEnds(
  service: Service,
  current: ServiceDefinition,
  { definition, source, target }: Ends
): Promise<void> {
  const isSame =
    service.sourceConnectionId === source.id &&
    service.targetConnectionId === target.id &&
    current.source.stream === definition.source.stream &&
    current.target.stream === definition.target.stream
  if (isSame || !(await hasWritten(service.id))) return
  throw new Refusal(
    `"${service.name}" has written records from ${current.source.stream} of "${current.source.connection}" to ${current.target.stream} of "${current.target.connection}", and knows which: it keeps its source and its target. Copy it and change the copy, or save this under another name: that one begins anew`
  )
}

async function hasWritten(serviceId: string): Promise<boolean> {
  const link = await db
    .from('service_numbers as n')
    .join('record_links as l', 'l.service_number', 'n.number')
    .where('n.service_id', serviceId)
    .select('l.state')
    .first()
  return link !== null
}
