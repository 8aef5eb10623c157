import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import type Connection from '#domain/connections/connection'
import { grantConnection, groundsOf } from '#domain/connections/connection_grant'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'
import { json } from '#domain/json_column'
import { inquire } from '#domain/runners'
import type { StreamDescription } from '#sdk'

/** What a connection's streams look like, as last asked. Asking costs credits, so runs use what is known. */
export default class KnownStream extends Identified {
  static override table = 'stream_descriptions'

  @column()
  declare connectionId: string

  @column()
  declare name: string

  @json()
  declare description: StreamDescription

  @instant()
  declare fetchedAt: DateTime
}

export async function describeStream(
  connection: Connection,
  stream: string,
  { refresh = false } = {}
): Promise<StreamDescription> {
  const known = await KnownStream.query()
    .where('connectionId', connection.id)
    .where('name', stream)
    .first()
  if (known !== null && !refresh) return known.description

  const description = await inquire<'describe'>({
    ask: 'describe',
    stream,
    connection: await grantConnection(connection),
    grounds: await groundsOf(connection.tenantId),
  })
  await knowStream(connection, stream, description)
  return description
}

export async function knowStream(
  connection: Connection,
  name: string,
  description: StreamDescription
): Promise<void> {
  await KnownStream.updateOrCreate(
    { connectionId: connection.id, name },
    { description, fetchedAt: DateTime.utc() }
  )
}
