import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import { draftFaults } from '#domain/connections/connection_draft'
import type { ConnectionDraft } from '#domain/connections/connection_draft'
import { declarationOf } from '#domain/connections/declaration'
import type { Declaration } from '#domain/connections/declaration'
import { untestedText } from '#domain/connections/untested'
import { tryDraft, trySignIn } from '#domain/connections/try_sign_in'
import type { CheckResult } from '#sdk'
import { allConnectors } from '#http/connections/connectors'
import { flashFaults } from '#http/connections/flash_faults'
import { readDraft } from '#http/connections/read_draft'
import { formField } from '#http/connections/save_form'
import { notFound } from '#http/exceptions/not_found'

/** Tries a form before it is saved; the answer stands at the field that it is about. */
export default class ConnectionTrialsController {
  async store(ctx: HttpContext) {
    const { request, response, session, tenant } = ctx
    const connection = await keptConnection(ctx)
    const wanted: unknown = connection?.connector ?? request.input('connector')
    const connector = allConnectors().find(({ name }) => name === wanted)
    if (connector === undefined) throw notFound()
    const declaration = await declarationOf(connector.name)
    const draft = await readDraft(ctx, connector.name, declaration, connection)
    const faults = await draftFaults(tenant.id, draft, declaration, connection)
    if (Object.keys(faults).length > 0) return flashFaults(ctx, faults)
    const result = await attempt(ctx, draft, declaration)
    if (!result.ok && result.tryAfter !== undefined) {
      const text = untestedText(result.message, result.tryAfter)
      session.flash('notice', { kind: 'warning', text })
      return response.redirect().withQs().back()
    }
    if (!result.ok) return flashFaults(ctx, { [formField(result.field)]: result.message })
    session.flash('notice', { kind: 'success', text: result.message })
    return response.redirect().withQs().back()
  }
}

/** With an id, secrets that were left empty are those of that connection. */
async function keptConnection({ request, tenant }: HttpContext): Promise<Connection | null> {
  const id: unknown = request.input('id')
  if (typeof id !== 'string') return null
  return Connection.query().where('tenantId', tenant.id).where('id', id).firstOrFail()
}

async function attempt(
  { tenant }: HttpContext,
  draft: ConnectionDraft,
  declaration: Declaration
): Promise<CheckResult> {
  if (declaration.auth.type !== 'oauth2') return tryDraft(tenant, draft, declaration)
  if (draft.signIn === 'consent' || draft.signIn === 'code') {
    return { ok: true, message: 'The form is filled in. Signing in is the test itself.' }
  }
  const tried = await trySignIn(tenant, draft, declaration, null)
  return tried.ok ? tried.granted.check : tried
}
