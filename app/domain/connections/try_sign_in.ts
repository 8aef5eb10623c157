import { v7 as uuid } from 'uuid'
import AccessToken from '#domain/connections/access_token'
import Authorization, { digest } from '#domain/connections/authorization'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import { groundsOf } from '#domain/connections/connection_grant'
import type { Declaration } from '#domain/connections/declaration'
import type { Granted } from '#domain/connections/oauth_granted'
import { exchangeCode, oauth2, requestToken } from '#domain/connections/request_token'
import type { TokenReply } from '#domain/connections/request_token'
import { headerOf, takeTurn } from '#domain/connections/token_port'
import { trialTokens } from '#domain/connections/trial_tokens'
import { refusedCheck } from '#domain/connections/untested'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import { inquire } from '#domain/runners'
import type Tenant from '#domain/tenants/tenant'
import { ConnectorError } from '#sdk'
import type { CheckResult, Value } from '#sdk'

/** A code, and the address that it was sent to; null for one that was copied by hand. */
export interface CodeGiven {
  code: string
  redirectUri: string | null
}

export type Tried = { ok: true; granted: Granted } | Extract<CheckResult, { ok: false }>

/** Signs in as a draft says and asks the vendor who that is. Nothing is saved. */
export async function trySignIn(
  tenant: Tenant,
  draft: ConnectionDraft,
  declaration: Declaration,
  given: CodeGiven | null
): Promise<Tried> {
  try {
    const scopes = draftScopes(draft, declaration)
    const reply = await obtain(draft, declaration, given, scopes)
    const check = await checkWith(tenant, draft, declaration, reply)
    if (!check.ok) return check
    const asked = draft.signIn === 'refresh_token' || draft.signIn === 'keep' ? null : scopes
    return { ok: true, granted: { reply, check, at: Date.now(), scopes: reply.scopes ?? asked } }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const field = fieldOf(draft, error.detail)
    return { ...refusedCheck(error), ...(field ? { field } : {}) }
  }
}

/** What a draft asks the vendor for. */
export function draftScopes({ wishes, held }: ConnectionDraft, declaration: Declaration): string[] {
  const { scopes } = oauth2(declaration)
  return scopes === undefined ? [] : wantedScopes(scopes, wishes, held)
}

async function obtain(
  { name, settings, secrets }: ConnectionDraft,
  declaration: Declaration,
  given: CodeGiven | null,
  scopes: string[]
): Promise<TokenReply> {
  const asker = { name, settings, secrets, scopes }
  if (given !== null) return exchangeCode(asker, declaration, given.code, given.redirectUri)
  if (secrets.refreshToken) await countTurn(name, secrets.refreshToken)
  return requestToken(asker, declaration)
}

/** A refresh token that a connection lives on has one budget, whoever uses it. */
async function countTurn(name: string, refreshToken: string): Promise<void> {
  const holder = await Authorization.findBy('tokenHash', digest(refreshToken))
  if (holder !== null) await takeTurn({ name }, await AccessToken.of(holder.connectionId))
}

async function checkWith(
  tenant: Tenant,
  draft: ConnectionDraft,
  declaration: Declaration,
  reply: TokenReply
): Promise<CheckResult> {
  const id = uuid()
  trialTokens.hold(id, headerOf(declaration, reply.accessToken))
  try {
    return await inquire<'check'>({
      ask: 'check',
      connection: {
        ...{ id, connector: draft.connector, secrets: {} },
        settings: declaration.complete({ ...draft.settings, ...reply.settings }),
      },
      grounds: await groundsOf(tenant.id),
    })
  } finally {
    trialTokens.drop(id)
  }
}

/** Tries a draft of a connector that knows no sign-in. */
export async function tryDraft(
  tenant: Tenant,
  { connector, settings, secrets }: ConnectionDraft,
  declaration: Declaration
): Promise<CheckResult> {
  const own: { [name: string]: string } = declaration.auth.type === 'custom' ? secrets : {}
  const complete: { [name: string]: Value } = declaration.complete(settings)
  try {
    return await inquire<'check'>({
      ask: 'check',
      connection: { id: uuid(), connector, secrets: own, settings: complete },
      grounds: await groundsOf(tenant.id),
    })
  } catch (error) {
    if (error instanceof ConnectorError) return refusedCheck(error)
    throw error
  }
}

const FIELDS: { [code: string]: string } = {
  invalid_client: 'secrets.clientId',
  invalid_client_secret: 'secrets.clientSecret',
  missing_org_info: 'settings.orgId',
}

function fieldOf({ signIn }: ConnectionDraft, code: string | null): string | undefined {
  if (code !== 'invalid_code') return FIELDS[code ?? '']
  return signIn === 'code' ? 'code' : 'secrets.refreshToken'
}
