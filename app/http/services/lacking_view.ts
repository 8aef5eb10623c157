import Authorization from '#domain/connections/authorization'
import type Connection from '#domain/connections/connection'
import { connectionUses } from '#domain/connections/connection_uses'
import { declarationOf } from '#domain/connections/declaration'
import type Service from '#domain/services/service'
import { viewScopes } from '#http/connections/scopes_view'

/** A connection of a service that was not granted all that the service needs. */
export type LackingView = { id: string; name: string; scopes: string[] }

/** Source and target must be loaded. */
export async function viewLacking({ id, source, target }: Service): Promise<LackingView[]> {
  const ends = source.id === target.id ? [source] : [source, target]
  const lacking = await Promise.all(
    ends.map(async (end) => {
      return { id: end.id, name: end.name, scopes: await lackingScopes(end, id) }
    })
  )
  return lacking.filter(({ scopes }) => scopes.length > 0)
}

async function lackingScopes(connection: Connection, serviceId: string): Promise<string[]> {
  const { auth } = await declarationOf(connection.connector)
  if (auth.type !== 'oauth2' || !auth.scopes) return []
  const authorization = await Authorization.find(connection.id)
  const uses = await connectionUses(connection.id)
  const own = uses.filter((use) => use.serviceId === serviceId)
  const { missing } = viewScopes(auth.scopes, authorization?.scopes ?? null, own)
  return missing.map(({ scope }) => scope)
}
