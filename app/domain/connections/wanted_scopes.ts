import { coversScope } from '#domain/connections/covers_scope'
import type { ScopeUse, Scopes } from '#sdk'

/** What a connection is wanted for: a use of some streams, or of all. */
export interface ScopeWish {
  use: ScopeUse
  streams: string[] | 'all'
}

/** The fewest scopes that grant the wishes, and what is held already. */
export function wantedScopes(scopes: Scopes, wishes: ScopeWish[], held: string[] = []): string[] {
  const wanted = new Set([
    ...scopes.always,
    ...held,
    ...wishes.flatMap((wish) => scopesOf(scopes, wish)),
  ])
  const all = [...wanted]
  return all.filter((scope) => !all.some((other) => other !== scope && coversScope(other, scope)))
}

function scopesOf({ uses, streams: names, otherStreams }: Scopes, wish: ScopeWish): string[] {
  const { streams } = wish
  const templates = uses.find(({ name }) => name === wish.use)?.scopes ?? []
  return templates.flatMap((template) => {
    if (!template.includes('{stream}.')) return [template]
    if (streams === 'all') return [template.replace('{stream}.', '')]
    return streams.map((stream) => template.replace('{stream}', names[stream] ?? otherStreams))
  })
}
