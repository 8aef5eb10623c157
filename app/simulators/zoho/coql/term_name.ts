import type { CoqlTerm } from './coql_query.js'

/** The key under which a term is answered. */
export function termName({ column, aggregate, alias }: CoqlTerm & { alias: string | null }) {
  return alias ?? (aggregate ? `${aggregate}(${column})` : column)
}
