import Connection from '#domain/connections/connection'
import { NAME } from '#domain/connections/connection_file'
import { isEmpty } from '#domain/connections/field_faults'
import type { Declaration } from '#domain/connections/declaration'
import type { ScopeWish } from '#domain/connections/wanted_scopes'
import type { Value } from '#sdk'

/** How a connection gets its right: `keep` leaves what it has. */
export type SignIn = 'keep' | 'consent' | 'code' | 'client_credentials' | 'refresh_token'

/** A connection as a person filled it in. */
export interface ConnectionDraft {
  name: string
  connector: string
  settings: { [name: string]: Value }
  secrets: { [name: string]: string }
  signIn: SignIn
  wishes: ScopeWish[]
  /** Scopes to ask for again besides. */
  held?: string[]
  /** For `code`: what was copied from the vendor's console. */
  code?: string
  /** The person says that another user of the vendor will consent. */
  isOtherUser?: boolean
}

/** Field of the form to what is wrong with it. */
export interface FormFaults {
  [field: string]: string
}

/** What is wrong with a draft, found before anything is called. */
export async function draftFaults(
  tenantId: string,
  draft: ConnectionDraft,
  declaration: Declaration,
  connection: Connection | null
): Promise<FormFaults> {
  const later = draft.signIn === 'refresh_token' || draft.signIn === 'keep' ? [] : ['refreshToken']
  const faults = declaration.faults(draft.settings, draft.secrets, later)
  return {
    ...Object.fromEntries(
      faults.map(({ part, field, title, says }) => [`${part}.${field}`, `${title} ${says}.`])
    ),
    ...signInFaults(draft, declaration),
    ...(await nameFaults(tenantId, draft.name, connection)),
  }
}

async function nameFaults(
  tenantId: string,
  name: string,
  connection: Connection | null
): Promise<FormFaults> {
  if (!NAME.test(name)) {
    return {
      name: 'Begin with a lower case letter; then letters, digits, "_" and "-", 63 at most.',
    }
  }
  const other = await Connection.query().where('tenantId', tenantId).where('name', name).first()
  if (other === null || other.id === connection?.id) return {}
  return { name: `There is already a connection "${name}". Choose another name.` }
}

function signInFaults(draft: ConnectionDraft, declaration: Declaration): FormFaults {
  const { auth } = declaration
  if (auth.type !== 'oauth2') return {}
  if (draft.signIn === 'code') return isEmpty(draft.code) ? { code: 'Paste the code here.' } : {}
  if (draft.signIn !== 'client_credentials') return {}
  const complete = declaration.complete(draft.settings)
  const missing = (auth.clientCredentials?.needs ?? []).filter((name) => isEmpty(complete[name]))
  return Object.fromEntries(
    missing.map((name) => {
      const title = declaration.fields.find((field) => field.name === name)?.title ?? name
      return [`settings.${name}`, `${title} is needed to sign in as the client itself.`]
    })
  )
}
