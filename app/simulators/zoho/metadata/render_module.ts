import type { IdSource } from '../store/id_source.js'
import { idNumbers } from './id_numbers.js'
import type { ModuleDefinition } from './module_definition.js'
import { orgModules } from './org_modules.js'

export function moduleId(ids: IdSource, position: number) {
  return ids.fixed(idNumbers.modules + position)
}

export function renderModule(module: ModuleDefinition, ids: IdSource, position: number) {
  const isUsable = module.isApiSupported
  const isVisible = module.status === 'visible'
  const isOwn = module.generatedType === 'default' || module.generatedType === 'custom'
  const at = orgModules.findIndex(({ apiName }) => apiName === module.parent)
  const parent = at < 0 ? {} : { api_name: module.parent, id: moduleId(ids, at) }
  return {
    id: moduleId(ids, position),
    api_name: module.apiName,
    module_name: module.isCustom ? `CustomModule${position}` : module.apiName,
    singular_label: module.singular,
    plural_label: module.plural,
    generated_type: module.generatedType,
    api_supported: isUsable,
    creatable: isUsable,
    editable: isUsable,
    deletable: isUsable,
    viewable: isUsable,
    visible: isVisible,
    visibility: isVisible ? 1 : 0,
    status: module.status,
    parent_module: parent,
    global_search_supported: isUsable,
    quick_create: isUsable && isOwn,
    inventory_template_supported: false,
    feeds_required: false,
    show_as_tab: isVisible && isOwn,
    web_link: null,
    sequence_number: position,
    modified_by: null,
    modified_time: null,
    business_card_field_limit: 5,
    profiles: [{ id: ids.fixed(idNumbers.profiles), name: 'Administrator' }],
    arguments: [],
  }
}
