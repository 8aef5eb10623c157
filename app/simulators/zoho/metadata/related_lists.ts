import type { ModuleDefinition } from './module_definition.js'
import { orgModules } from './org_modules.js'

export interface RelatedList {
  apiName: string
  label: string
  /** The module whose records are listed. */
  module: string
  /** Its lookup to the parent; null where the link stands elsewhere. */
  field: string | null
  /** The module between the two, with its lookups to here and there. */
  linking: { module: string; here: string; there: string } | null
  type: 'system' | 'default' | 'custom_lookup' | 'multiselectlookup'
}

const own = (apiName: string): RelatedList => ({
  apiName,
  label: apiName,
  module: apiName,
  field: null,
  linking: null,
  type: 'system',
})

/** Records that look up to this module. */
function lookupLists({ apiName }: ModuleDefinition) {
  const children = orgModules.filter(({ generatedType }) => {
    return generatedType === 'default' || generatedType === 'custom'
  })
  return children.flatMap((child) => {
    const fields = child.fields.filter((field) => {
      return field.dataType === 'lookup' && field.target === apiName
    })
    return fields.map((field, at): RelatedList => ({
      apiName: at === 0 ? child.apiName : `${child.apiName}${at + 1}`,
      label: child.plural,
      module: child.apiName,
      field: field.apiName,
      linking: null,
      type: field.isCustom ? 'custom_lookup' : 'default',
    }))
  })
}

/** Lists of multi-select lookups, seen from either side. */
function linkedLists(module: ModuleDefinition) {
  return orgModules.flatMap((holder) =>
    holder.fields.flatMap(({ apiName, label, child }): RelatedList[] => {
      if (!child?.other) return []
      const { parent, other } = child
      const base = { apiName: `${apiName}_List`, label, field: null }
      const linking = { module: child.module, here: parent, there: other.field }
      const back = { ...linking, here: other.field, there: parent }
      const lists: RelatedList[] = []
      if (holder.apiName === module.apiName) {
        lists.push({ ...base, module: other.module, linking, type: 'multiselectlookup' })
      }
      if (other.module === module.apiName) {
        lists.push({ ...base, module: holder.apiName, linking: back, type: 'multiselectlookup' })
      }
      return lists
    })
  )
}

/** The lists below a record of this module, by which its related records are asked for. */
export function relatedListsOf(module: ModuleDefinition): RelatedList[] {
  return [own('Notes'), own('Attachments'), ...lookupLists(module), ...linkedLists(module)]
}
