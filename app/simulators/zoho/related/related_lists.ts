import type { FieldDefinition } from '../metadata/field_definition.js'
import type { ModuleDefinition } from '../metadata/module_definition.js'

/** Records of another module that lead to a record. */
export interface RelatedList {
  /** Its name in paths. */
  apiName: string
  /** The module of the records that are listed. */
  module: string
  /** The lookup by which they lead here, or the one of the linking module. */
  field: string
  /** The linking module and its lookup to the records listed; null where they lead here themselves. */
  link: { module: string; other: string } | null
}

function ofLookup(from: ModuleDefinition, field: FieldDefinition, position: number): RelatedList {
  const isFirst = position === 0
  const apiName = isFirst ? from.apiName : `${from.apiName}_by_${field.apiName}`
  return { apiName, module: from.apiName, field: field.apiName, link: null }
}

/** The lists under the records of a module, by the lookups that lead to it. */
export function relatedLists(
  modules: readonly ModuleDefinition[],
  target: ModuleDefinition
): RelatedList[] {
  const isListed = ({ generatedType }: ModuleDefinition) =>
    generatedType === 'default' || generatedType === 'custom'
  const byLookup = modules
    .filter((from) => isListed(from) && from.isApiSupported)
    .flatMap((from) =>
      from.fields
        .filter((field) => field.dataType === 'lookup' && field.target === target.apiName)
        .map((field, position) => ofLookup(from, field, position))
    )
  const byLink = target.fields.flatMap(({ apiName, child }): RelatedList[] => {
    if (!child?.other) return []
    const link = { module: child.module, other: child.other.field }
    const module = child.other.module
    return [{ apiName: `${apiName}_List`, module, field: child.parent, link }]
  })
  return [...byLookup, ...byLink]
}
