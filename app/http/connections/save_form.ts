import type { HttpContext } from '@adonisjs/core/http'
import { beginConsent } from '#domain/connections/begin_consent'
import type { ConsentLimit } from '#domain/connections/consent_limit'
import { endangeredNames } from '#domain/connections/consent_limit'
import { completeSignIn } from '#domain/connections/complete_sign_in'
import type { SignInWish } from '#domain/connections/complete_sign_in'
import type Connection from '#domain/connections/connection'
import { draftFaults } from '#domain/connections/connection_draft'
import Consent from '#domain/connections/consent'
import { declarationOf } from '#domain/connections/declaration'
import { saveConnection } from '#domain/connections/save_connection'
import { flashFaults } from '#http/connections/flash_faults'
import { readDraft } from '#http/connections/read_draft'

/** Saves what was filled in, by way of the vendor's consent page where that is wanted. */
export async function saveForm(
  ctx: HttpContext,
  connector: string,
  connection: Connection | null
): Promise<void> {
  const { tenant } = ctx
  const declaration = await declarationOf(connector)
  const draft = await readDraft(ctx, connector, declaration, connection)
  const faults = await draftFaults(tenant.id, draft, declaration, connection)
  if (Object.keys(faults).length > 0) return flashFaults(ctx, faults)
  const userId = ctx.auth.getUserOrFail().id
  const wish = { tenant, draft, declaration, connection, userId }
  if (declaration.auth.type !== 'oauth2' || draft.signIn === 'keep') {
    return show(ctx, await saveConnection({ ...wish, granted: null }), 'is saved')
  }
  return draft.signIn === 'consent' ? askForConsent(ctx, wish) : signInNow(ctx, wish)
}

export async function askForConsent(ctx: HttpContext, wish: SignInWish): Promise<void> {
  const begun = await beginConsent({ ...wish, sessionId: ctx.session.sessionId })
  if ('limit' in begun) {
    return flashFaults(ctx, { consent: limitSentence(begun.limit, ctx.tenant.id) })
  }
  if (ctx.request.header('x-inertia')) ctx.inertia.location(begun.url)
  else ctx.response.redirect(begun.url)
}

async function signInNow(ctx: HttpContext, wish: SignInWish): Promise<void> {
  const { draft, connection, userId, tenant } = wish
  const given = draft.signIn === 'code' ? { code: draft.code ?? '', redirectUri: null } : null
  const signedIn = await completeSignIn(wish, given)
  if (signedIn.state === 'refused') {
    return flashFaults(ctx, { [formField(signedIn.field)]: signedIn.message })
  }
  if (signedIn.state === 'saved') return show(ctx, signedIn.connection, 'is connected')
  const by = { userId, sessionId: ctx.session.sessionId, connectionId: connection?.id ?? null }
  const { consent } = await Consent.begin(tenant, draft, by)
  await consent.keepGrant(signedIn.granted)
  consent.state = 'other_account'
  await consent.save()
  ctx.response.redirect(`/t/${tenant.slug}/consents/${consent.id}`)
}

/** A connector's check names a setting by itself. */
export function formField(field: string | undefined): string {
  if (field === undefined) return 'form'
  return field.includes('.') || field === 'code' ? field : `settings.${field}`
}

export function show(ctx: HttpContext, { id, name }: Connection, what: string): void {
  ctx.session.flash('notice', { kind: 'success', text: `The connection "${name}" ${what}.` })
  ctx.response.redirect(`/t/${ctx.tenant.slug}/connections/${id}`)
}

function limitSentence(limit: ConsentLimit, tenantId: string): string {
  return `${limit.userName} has consented to this client ${limit.most} times. One more, and the vendor silently ends the oldest: ${endangeredNames(limit, tenantId)} would stop working. Use another client, delete a connection, or tick that another user will consent.`
}
