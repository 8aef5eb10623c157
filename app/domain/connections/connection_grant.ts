import crossdock from '#config/crossdock'
import Connection from '#domain/connections/connection'
import { declarationOf } from '#domain/connections/declaration'
import { tenantFolder } from '#domain/connections/tenant_folder'
import { tokenPort } from '#domain/connections/token_port'
import type { Auth } from '#sdk'
import type { ConnectionGrant, Grounds } from '#workers/messages'

/** What a runner gets of a connection: the settings, those that follow from them, and no secret that the server can use for it. */
export async function grantConnection(given: Connection): Promise<ConnectionGrant> {
  const declaration = await declarationOf(given.connector)
  const connection = await withVendorSettings(given, declaration.auth)
  const { id, connector, settings } = connection
  const secrets = declaration.auth.type === 'custom' ? await connection.secrets() : {}
  return { id, connector, secrets, settings: declaration.complete(settings) }
}

/** Some settings come with the first access token, so a connection that lacks them gets one now. */
async function withVendorSettings(connection: Connection, auth: Auth): Promise<Connection> {
  const kept = auth.type === 'oauth2' ? Object.values(auth.keep ?? {}) : []
  if (kept.every((name) => connection.settings[name] !== undefined)) return connection
  await tokenPort.get(connection.id, null)
  return Connection.findOrFail(connection.id)
}

export async function groundsOf(tenantId: string): Promise<Grounds> {
  const filesRoot = await tenantFolder(tenantId)
  return { filesRoot, pluginsRoot: crossdock.pluginsRoot, egressAllow: crossdock.egressAllow }
}
