import type Connection from '#domain/connections/connection'
import type { ServiceDefinition, Template } from '#sdk'

/** Which of a tenant's connections plays which role of a template; null where none can. */
export function castRoles(
  { roles }: Template,
  connections: Array<Pick<Connection, 'name' | 'connector'>>
): { [role: string]: string | null } {
  return Object.fromEntries(
    Object.entries(roles).map(([role, { connectors }]) => {
      const fitting = connections.filter(({ connector }) => connectors.includes(connector))
      const chosen = fitting.find(({ name }) => name === role) ?? fitting[0]
      return [role, chosen?.name ?? null]
    })
  )
}

/** The template's service over the tenant's own connections, under a name that is free. */
export function fillTemplate(
  { service }: Template,
  cast: { [role: string]: string | null },
  taken: Iterable<string>
): ServiceDefinition {
  const filled = structuredClone(service)
  filled.name = freeName(service.name, new Set(taken))
  filled.source.connection = cast[service.source.connection] ?? ''
  filled.target.connection = cast[service.target.connection] ?? ''
  return filled
}

function freeName(wanted: string, taken: Set<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let number = 2; ; number += 1) {
    const name = `${wanted.slice(0, 58)}-${number}`
    if (!taken.has(name)) return name
  }
}
