import type { IdSource } from '../store/id_source.js'
import type { ModuleDefinition } from './module_definition.js'

const MODULE_IDS = 1_000

export function moduleId(ids: IdSource, position: number) {
  return ids.fixed(MODULE_IDS + position)
}

export function renderModule(module: ModuleDefinition, ids: IdSource, position: number) {
  const isUsable = module.isApiSupported
  return {
    id: moduleId(ids, position),
    api_name: module.apiName,
    module_name: module.isCustom ? `CustomModule${position}` : module.apiName,
    singular_label: module.singular,
    plural_label: module.plural,
    generated_type: module.isCustom ? 'custom' : isUsable ? 'default' : 'system',
    api_supported: isUsable,
    creatable: isUsable,
    editable: isUsable,
    deletable: isUsable,
    viewable: isUsable,
    visible: true,
    visibility: 1,
    status: 'visible',
    parent_module: {},
    global_search_supported: isUsable,
    quick_create: isUsable,
    inventory_template_supported: false,
    feeds_required: false,
    show_as_tab: true,
    web_link: null,
    sequence_number: position,
    modified_by: null,
    modified_time: null,
    business_card_field_limit: 5,
    profiles: [{ id: ids.fixed(501), name: 'Administrator' }],
    arguments: [],
  }
}
