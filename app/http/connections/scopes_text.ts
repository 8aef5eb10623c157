import type { Declaration } from '#domain/connections/declaration'
import { wantedScopes } from '#domain/connections/wanted_scopes'
import { wishesOf } from '#http/connections/read_draft'

/** The scopes that the ticks of a form come to, as they are pasted into a vendor's console. */
export function scopesText(query: { [name: string]: unknown }, declaration: Declaration): string {
  const { auth } = declaration
  if (auth.type !== 'oauth2' || auth.scopes === undefined) return ''
  const wishes = wishesOf(query.uses, query.streams, declaration)
  return wantedScopes(auth.scopes, wishes).join(auth.scopeSeparator ?? ' ')
}
