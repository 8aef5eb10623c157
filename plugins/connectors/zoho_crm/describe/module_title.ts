import type { ModuleMetadata } from './metadata.js'

const kinds: { [generated: string]: string } = { subform: 'rows of', linking: 'links of' }

/** What a person calls a module; what hangs on another one says so. */
export function moduleTitle(module: ModuleMetadata): string {
  const title = module.plural_label ?? module.module_name ?? module.api_name
  const kind = kinds[module.generated_type ?? '']
  if (kind === undefined) return title
  const parent = module.parent_module?.api_name
  return parent ? `${title} (${kind} ${parent})` : `${title} (${module.generated_type})`
}
