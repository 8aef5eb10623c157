import Authorization from '#domain/connections/authorization'
import type Connection from '#domain/connections/connection'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import { connectionUses } from '#domain/connections/connection_uses'
import type { Declaration } from '#domain/connections/declaration'

/** A connection as it is, for another consent: with the scopes it holds and those its services need. */
export async function renewedDraft(
  connection: Connection,
  declaration: Declaration
): Promise<ConnectionDraft> {
  const { name, connector, settings, id } = connection
  const uses = await connectionUses(id)
  const held = await Authorization.find(id)
  const { auth } = declaration
  const known = auth.type === 'oauth2' ? (auth.scopes?.always ?? []) : []
  return {
    ...{ name, connector, settings, signIn: 'consent' },
    secrets: await connection.secrets(),
    wishes: uses.flatMap(({ wishes }) => wishes),
    held: held?.scopes?.filter((scope) => !known.includes(scope)) ?? [],
  }
}
