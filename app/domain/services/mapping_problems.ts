import { isObject } from '#domain/connections/connection_file'
import type { ServiceDefinition } from '#sdk'

/** A file of a service that deletes may leave its mapping out. */
export function withMapping(content: unknown): unknown {
  if (!isObject(content) || content.mapping !== undefined) return content
  const { target } = content
  return isObject(target) && target.operation === 'delete' ? { ...content, mapping: [] } : content
}

/** Why an empty mapping does not do. By its id a record is deleted without one. */
export function mappingProblems({
  mapping,
  target: { operation, match },
}: Pick<ServiceDefinition, 'mapping' | 'target'>): string[] {
  if (mapping.length > 0) return []
  if (operation !== 'delete') return ['mapping: fill at least one field of the target']
  if (match.by !== 'fields') return []
  const fields = match.fields.join(' and ')
  return [
    `mapping: records to delete are found by ${fields}, so fill ${fields}; only a service that deletes by id (match: { by: id }) needs no mapping`,
  ]
}
