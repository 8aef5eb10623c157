import { compareDefinitions } from '#domain/services/compare_definitions'
import type { TemplateConflict } from '#domain/services/merge_template'
import type { TemplateUpdate } from '#domain/services/template_update'

export type TemplateUpdateView = {
  title: string
  from: string
  to: string
  revision: number
  changes: string[]
  conflicts: TemplateConflict[]
}

/** The changes are those that come without a choice; each conflict says what either side wants. */
export function viewTemplateUpdate(update: TemplateUpdate | null): TemplateUpdateView | null {
  if (update === null) return null
  const { title, from, to, revision, conflicts, mine, merged } = update
  return {
    ...{ title, from, to, revision, conflicts },
    changes: compareDefinitions(mine, merged),
  }
}
