import type { IdSource } from '../store/id_source.js'
import { customViewsOf } from './custom_views.js'
import { idNumbers } from './id_numbers.js'
import type { ModuleDefinition } from './module_definition.js'
import { orgModules } from './org_modules.js'

const MOST_PER_MODULE = 20

export const viewId = (ids: IdSource, modulePosition: number, at: number) =>
  ids.fixed(idNumbers.customViews + modulePosition * MOST_PER_MODULE + at)

/** The view of a `cvid`; undefined when the module has none by that id. */
export function findView(ids: IdSource, module: ModuleDefinition, cvid: string) {
  const position = orgModules.indexOf(module)
  return customViewsOf(module).find((_view, at) => viewId(ids, position, at) === cvid)
}
