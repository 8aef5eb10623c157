import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import crossdock from '#config/crossdock'
import type Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import type { ConnectionGrant, Grounds } from '#workers/messages'

/** What a runner gets of a connection: the settings, those that follow from them, and no secret that the server can use for it. */
export async function grantConnection(connection: Connection): Promise<ConnectionGrant> {
  const { id, connector, settings } = connection
  const declaration = await declarationOf(connector)
  const secrets = declaration.auth.type === 'custom' ? await connection.secrets() : {}
  return { id, connector, secrets, settings: declaration.complete(settings) }
}

export async function groundsOf(tenantId: string): Promise<Grounds> {
  const filesRoot = join(crossdock.dataRoot, 'files', tenantId)
  await mkdir(filesRoot, { recursive: true, mode: 0o700 })
  return { filesRoot, pluginsRoot: crossdock.pluginsRoot, egressAllow: crossdock.egressAllow }
}
