import Authorization from '#domain/connections/authorization'
import type Connection from '#domain/connections/connection'
import { connectionUses } from '#domain/connections/connection_uses'
import { creditsLeft } from '#domain/connections/credits_left'
import { declarationOf } from '#domain/connections/declaration'
import { orgOf } from '#domain/connections/org'
import { viewChanges } from '#http/connections/changes_view'
import type { ChangeRow } from '#http/connections/changes_view'
import { findTroubles } from '#http/connections/find_troubles'
import type { Trouble } from '#http/connections/find_troubles'
import { viewScopes } from '#http/connections/scopes_view'
import type { ScopesView } from '#http/connections/scopes_view'
import { instantText } from '#http/instant_text'

export type HealthView = {
  facts: Array<{ title: string; text: string }>
  lastGoodAt: string | null
  authorizedAt: string | null
  credits: { left: number; perDay: number } | null
  troubles: Trouble[]
  scopes: ScopesView | null
  services: Array<{ id: string; name: string; state: string; uses: string }>
  changes: ChangeRow[]
}

export async function viewHealth(connection: Connection): Promise<HealthView> {
  const declaration = await declarationOf(connection.connector)
  const { auth, title, fields } = declaration
  const settings = declaration.complete(connection.settings)
  const uses = await connectionUses(connection.id)
  const authorization = await Authorization.find(connection.id)
  const scopes =
    auth.type === 'oauth2' && auth.scopes
      ? viewScopes(auth.scopes, authorization?.scopes ?? null, uses)
      : null
  const { identity, account } = connection
  const chosen = fields
    .filter(({ type, name }) => type === 'choice' && settings[name] !== undefined)
    .map((field) => ({ title: field.title, text: String(settings[field.name]) }))
  return {
    facts: [
      ...(account ? [{ title: 'Account', text: account }] : []),
      ...(identity ? [{ title: 'Account id', text: identity }] : []),
      ...Object.entries(connection.facts ?? {}).map(([name, text]) => ({ title: name, text })),
      ...chosen,
      { title: 'Connector', text: title },
    ],
    lastGoodAt: instantText(connection.lastGoodAt),
    authorizedAt: instantText(authorization?.authorizedAt),
    credits: await viewCredits(connection),
    troubles: await findTroubles(connection, auth, authorization, scopes),
    scopes,
    services: uses.map(({ serviceId, name, state, wishes }) => ({
      ...{ id: serviceId, name, state },
      uses: [...new Set(wishes.map((wish) => wish.use))].join(', '),
    })),
    changes: await viewChanges(connection),
  }
}

async function viewCredits(connection: Connection): Promise<HealthView['credits']> {
  const { perDay } = await orgOf(connection)
  const left = await creditsLeft(connection)
  return perDay === null || left === null ? null : { left, perDay }
}
