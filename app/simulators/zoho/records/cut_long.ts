import type { ModuleTable } from '../store/module_table.js'

const SHOWN = 500

/** Lists show the beginning of a rich text only. */
export function cutLong({ richFields }: ModuleTable, shown: Record<string, unknown>) {
  for (const name of richFields) {
    const text = shown[name]
    if (typeof text === 'string') shown[name] = text.slice(0, SHOWN)
  }
  return shown
}
