import { completeSignIn } from '#domain/connections/complete_sign_in'
import type { SignInWish } from '#domain/connections/complete_sign_in'
import Connection from '#domain/connections/connection'
import { draftFaults } from '#domain/connections/connection_draft'
import type Consent from '#domain/connections/consent'
import { redirectUri } from '#domain/connections/begin_consent'
import { declarationOf } from '#domain/connections/declaration'
import { revokeGrant } from '#domain/connections/revoke_grant'
import { saveConnection } from '#domain/connections/save_connection'
import { settlePlace } from '#domain/connections/settle_place'
import KnownStream from '#domain/connections/stream_catalog'
import Tenant from '#domain/tenants/tenant'

/** Works off the vendor's callback for a sign-in that was taken; answers the connection, if it came about. */
export async function finishConsent(
  consent: Consent,
  query: { [name: string]: unknown }
): Promise<Connection | null> {
  if (typeof query.error === 'string') {
    const isDenied = query.error === 'access_denied'
    await consent.end(isDenied ? 'denied' : 'failed', isDenied ? null : vendorSays(query.error))
    return null
  }
  const wish = await wishOf(consent)
  const place = settlePlace(wish.declaration, wish.draft.settings, query)
  if ('problem' in place) return failed(consent, place.problem)
  if (typeof query.code !== 'string' || query.code === '') {
    return failed(consent, 'The sign-in came back without a code. Try again.')
  }
  const draft = { ...wish.draft, settings: place.settings }
  const faults = await draftFaults(consent.tenantId, draft, wish.declaration, wish.connection)
  if (Object.keys(faults).length > 0) return failed(consent, Object.values(faults).join(' '))
  const given = { code: query.code, redirectUri: redirectUri() }
  const signedIn = await completeSignIn({ ...wish, draft }, given)
  if (signedIn.state === 'refused') return failed(consent, signedIn.message)
  if (signedIn.state === 'saved') {
    await consent.end('done', null)
    return signedIn.connection
  }
  await consent.keepDraft(draft)
  await consent.keepGrant(signedIn.granted)
  consent.state = 'other_account'
  await consent.save()
  return null
}

/** Replaces the account of a connection: a person has read both names and said yes. */
export async function acceptAccount(consent: Consent): Promise<Connection | null> {
  const granted = await consent.granted()
  if (granted === null || !(await consent.advance('other_account', 'used'))) return null
  const connection = await saveConnection({ ...(await wishOf(consent)), granted })
  await KnownStream.query().where('connectionId', connection.id).delete()
  await consent.end('done', null)
  return connection
}

/** Leaves a connection as it is, and hands back what was granted for the other account. */
export async function refuseAccount(consent: Consent): Promise<void> {
  const granted = await consent.granted()
  if (granted === null || !(await consent.advance('other_account', 'used'))) return
  const { declaration, draft } = await wishOf(consent)
  const { settings, refreshToken } = granted.reply
  await revokeGrant(declaration, { ...draft.settings, ...settings }, refreshToken ?? undefined)
  await consent.end('failed', 'You kept the account that the connection had.')
}

export async function wishOf(consent: Consent): Promise<SignInWish> {
  const draft = await consent.draft()
  return {
    tenant: await Tenant.findOrFail(consent.tenantId),
    draft,
    declaration: await declarationOf(draft.connector),
    connection: consent.connectionId ? await Connection.findOrFail(consent.connectionId) : null,
    userId: consent.userId,
  }
}

async function failed(consent: Consent, message: string): Promise<null> {
  await consent.end('failed', message)
  return null
}

function vendorSays(error: string): string {
  return `The vendor ended the sign-in and says: ${error.slice(0, 200)}`
}
