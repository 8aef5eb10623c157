import {
  ConnectorError,
  type Field,
  type Search,
  type SearchMatch,
  type ServiceDefinition,
  type StreamAccess,
  type StreamDescription,
} from '#sdk'

/** How a service looks for its records in the target, ready for its run. */
export interface SearchPlan {
  search: Search
  groups: Field[][]
  normalised: boolean
  policy: Required<Pick<SearchMatch, 'none' | 'one' | 'many'>>
  /** The field that says which record was created first, if one does: a time, or a growing number. */
  created: string | null
  isCounted: boolean
  /** What a person tells found records apart by. */
  wanted: string[]
}

/** Mapped fields, besides those that are searched by, that a person sees of found records. */
const MOST_TELLING = 4

export function policyOf({ none, one, many }: SearchMatch): SearchPlan['policy'] {
  return { none: none ?? 'create', one: one ?? 'update', many: many ?? 'ask' }
}

/** Null where records are not matched by a search. */
export function searchPlanOf({
  definition: { target, mapping },
  target: { stream, access },
}: {
  definition: ServiceDefinition
  target: { stream: StreamDescription; access: StreamAccess }
}): SearchPlan | null {
  const { match } = target
  if (match.by !== 'search') return null
  const { search } = access
  if (!search) throw new ConnectorError('config', `'${stream.name}' cannot be searched.`)
  const fields = new Map(stream.fields.map((field) => [field.name, field]))
  const groups = match.any.map((group) =>
    group.map((name) => {
      const field = fields.get(name)
      if (field) return field
      throw new ConnectorError('config', `'${stream.name}' has no field '${name}'.`)
    })
  )
  const created = match.created ?? search.created(stream)
  const searched = [...new Set(match.any.flat())]
  const telling = mapping
    .map(({ to }) => to)
    .filter((name) => !searched.includes(name) && fields.get(name)?.type === 'text')
  return {
    search,
    groups,
    normalised: match.normalised === true,
    policy: policyOf(match),
    created,
    isCounted: created !== null && fields.get(created)?.type === 'integer',
    wanted: [
      ...new Set([...searched, ...telling.slice(0, MOST_TELLING), ...(created ? [created] : [])]),
    ],
  }
}
