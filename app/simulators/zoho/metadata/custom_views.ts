import type { ModuleDefinition } from './module_definition.js'

export interface CustomView {
  name: string
  systemName: string
  /** What its records have in common; null: all of them, `mine`: those the caller owns. */
  criteria: { field: string; value: string } | 'mine' | null
}

const closed: Record<string, CustomView> = {
  Deals: {
    name: 'Closed Won Deals',
    systemName: 'WONDEALS',
    criteria: { field: 'Stage', value: 'Closed Won' },
  },
  Tasks: {
    name: 'Closed Tasks',
    systemName: 'CLOSEDTASKS',
    criteria: { field: 'Status', value: 'Completed' },
  },
}

/** The views of a module, the default one first. */
export function customViewsOf({ apiName, plural }: ModuleDefinition): CustomView[] {
  const views: CustomView[] = [
    { name: `All ${plural}`, systemName: 'ALLVIEWS', criteria: null },
    { name: `My ${plural}`, systemName: 'MYVIEWS', criteria: 'mine' },
  ]
  return Object.hasOwn(closed, apiName) ? [...views, closed[apiName]] : views
}
