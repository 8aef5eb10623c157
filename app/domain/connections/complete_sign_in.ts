import type Connection from '#domain/connections/connection'
import { endangeredNames, findConsentLimit } from '#domain/connections/consent_limit'
import type { ConsentLimit } from '#domain/connections/consent_limit'
import type { Granted } from '#domain/connections/oauth_granted'
import { revokeGrant } from '#domain/connections/revoke_grant'
import { saveConnection } from '#domain/connections/save_connection'
import type { Saving } from '#domain/connections/save_connection'
import { trySignIn } from '#domain/connections/try_sign_in'
import type { CodeGiven } from '#domain/connections/try_sign_in'

export type SignedIn =
  | { state: 'saved'; connection: Connection }
  | { state: 'refused'; message: string; field?: string }
  /** The connection belongs to another account of the vendor: a person must say yes. */
  | { state: 'other_account'; granted: Granted }

export type SignInWish = Omit<Saving, 'granted'>

/** Signs in, looks whose account that is, and saves the connection if nothing speaks against it. */
export async function completeSignIn(wish: SignInWish, given: CodeGiven | null): Promise<SignedIn> {
  const { tenant, declaration, connection } = wish
  const draft = withoutTold(wish)
  const tried = await trySignIn(tenant, draft, declaration, given)
  if (!tried.ok) return { ...tried, state: 'refused' }
  const { granted } = tried
  if (given !== null) {
    const refusal = await newTokenRefusal(wish, granted)
    if (refusal !== null) return { state: 'refused', message: refusal }
  }
  const known = connection?.identity ?? null
  if (known !== null && granted.check.identity !== known) return { state: 'other_account', granted }
  return { state: 'saved', connection: await saveConnection({ ...wish, draft, granted }) }
}

/** What the vendor told at the last sign-in says nothing of the next one. */
function withoutTold({ draft, declaration, connection }: SignInWish): SignInWish['draft'] {
  if (connection === null) return draft
  const told = declaration.fields.filter((field) => field.told).map(({ name }) => name)
  const isOld = (name: string) =>
    told.includes(name) && draft.settings[name] === connection.settings[name]
  const settings = Object.fromEntries(
    Object.entries(draft.settings).filter(([name]) => !isOld(name))
  )
  return draft.signIn === 'client_credentials' ? draft : { ...draft, settings }
}

async function newTokenRefusal(
  { tenant, draft, declaration, connection }: SignInWish,
  { reply, check }: Granted
): Promise<string | null> {
  if (reply.refreshToken === null) {
    return 'The vendor gave no refresh token, so that this right would end within the hour. Ask for offline access, and consent again.'
  }
  const limit = await findConsentLimit(declaration, draft.secrets.clientId ?? '', {
    user: check.user?.id ?? '',
    own: connection?.id ?? null,
  })
  if (limit === null) return null
  await revokeGrant(declaration, { ...draft.settings, ...reply.settings }, reply.refreshToken)
  await markEnded(limit)
  return `${limit.userName} has consented to this client ${limit.most} times already: with one more, the vendor silently ended the oldest. The new right was handed back; ${endangeredNames(limit, tenant.id)} must sign in again. Use another Zoho user or another client for more connections.`
}

async function markEnded({ endangered, most }: ConsentLimit): Promise<void> {
  for (const connection of endangered) {
    connection.merge({
      health: 'broken',
      healthMessage: `The vendor ended its right when the same user consented more than ${most} times. Sign in again.`,
    })
    await connection.save()
  }
}
