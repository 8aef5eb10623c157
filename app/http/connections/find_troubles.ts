import { DateTime } from 'luxon'
import AccessToken from '#domain/connections/access_token'
import Authorization from '#domain/connections/authorization'
import type Connection from '#domain/connections/connection'
import type { Auth } from '#sdk'
import type { ScopesView } from '#http/connections/scopes_view'

export type Trouble = { kind: 'error' | 'warning'; text: string; days: number | null }

/** Vendors end refresh tokens that nobody uses, after a time that they do not tell. */
const IDLE_DAYS = 30
const LAPSE_DAYS = 60
const NEARLY = 0.9

/** What will stop a connection, and in how many days where that can be told. */
export async function findTroubles(
  connection: Connection,
  auth: Auth,
  authorization: Authorization | null,
  scopes: ScopesView | null
): Promise<Trouble[]> {
  if (auth.type !== 'oauth2') return []
  return [
    ...missing(scopes),
    ...idle(connection, authorization),
    ...(await crowded(auth.mostConsents, authorization)),
    ...(await throttled(connection)),
  ]
}

function missing(scopes: ScopesView | null): Trouble[] {
  if (scopes === null || scopes.missing.length === 0) return []
  const services = new Set(scopes.missing.flatMap((each) => each.services))
  const who = services.size === 0 ? 'the connection itself' : [...services].join(', ')
  return [{ kind: 'error', days: 0, text: `Scopes are missing that ${who} needs.` }]
}

function idle({ lastGoodAt }: Connection, authorization: Authorization | null): Trouble[] {
  if (authorization?.kind !== 'refresh_token') return []
  const used = lastGoodAt ?? authorization.authorizedAt
  const days = Math.floor(DateTime.utc().diff(used, 'days').days)
  if (days < IDLE_DAYS) return []
  return [
    {
      kind: 'warning',
      days: Math.max(0, LAPSE_DAYS - days),
      text: `The refresh token was not used for ${days} days. The vendor ends unused ones without saying when: test the connection to use it.`,
    },
  ]
}

async function crowded(most: number | undefined, held: Authorization | null): Promise<Trouble[]> {
  if (most === undefined || !held?.vendorUser || held.kind !== 'refresh_token') return []
  const others = await Authorization.query()
    .where('clientHash', held.clientHash)
    .where('vendorUser', held.vendorUser)
    .where('kind', 'refresh_token')
  const count = new Set(others.map(({ tokenHash }) => tokenHash)).size
  if (count < most * NEARLY) return []
  return [
    {
      kind: 'warning',
      days: null,
      text: `${count} of ${most} refresh tokens of ${held.vendorUserName ?? 'this user'} and this client are in use. One more than ${most} ends the oldest.`,
    },
  ]
}

async function throttled({ id }: Connection): Promise<Trouble[]> {
  const token = await AccessToken.find(id)
  const until = token?.blockedUntil?.toMillis() ?? 0
  if (until <= Date.now()) return []
  const minutes = Math.ceil((until - Date.now()) / 60_000)
  return [
    {
      kind: 'warning',
      days: 0,
      text: `The vendor asked to wait with new access tokens, for ${minutes} more min.`,
    },
  ]
}
