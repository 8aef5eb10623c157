import { inventoryModules } from './inventory_modules.js'
import type { ModuleDefinition } from './module_definition.js'
import { noteModules } from './note_modules.js'
import { peopleModules } from './people_modules.js'
import { laterModules, salesModules } from './sales_modules.js'
import { visitModules } from './visit_modules.js'
import { workModules } from './work_modules.js'

export const orgModules: readonly ModuleDefinition[] = [
  ...peopleModules,
  ...salesModules,
  ...workModules,
  ...visitModules,
  ...noteModules,
  ...inventoryModules,
  ...laterModules,
]
