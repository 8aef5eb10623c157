import type { SearchMatch, ServiceMatch } from '#sdk'

const MANY = {
  ask: 'asking a person about several',
  skip: 'leaving several out',
  oldest: 'taking the oldest of several',
  newest: 'taking the newest of several',
}

/** How records are recognised, as a person would say it. */
export function matchText(match: ServiceMatch): string {
  if (match.by === 'fields') return `by ${match.fields.join(' and ')}`
  if (match.by === 'id')
    return match.column === undefined ? 'by id' : `by the id in ${match.column}`
  return searchText(match)
}

function searchText({ any, normalised, none, one, many, created }: SearchMatch): string {
  const groups = any.map((group) => group.join(' with ')).join(', or else ')
  return [
    `by a search for ${groups}`,
    ...(normalised ? ['compared in one form'] : []),
    none === 'skip' ? 'leaving out what is not there' : 'creating what is not there',
    one === 'skip' ? 'leaving alone what is there' : 'updating what is there',
    MANY[many ?? 'ask'] + (created === undefined ? '' : ` by ${created}`),
  ].join(', ')
}
