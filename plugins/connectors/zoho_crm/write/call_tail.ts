import type { Operation } from '#sdk'
import type { WriteSettings } from './write_settings.js'

function skipped(operation: Operation) {
  const cadences = { name: 'cadences' }
  if (operation !== 'upsert') return [cadences]
  return ['insert', 'update'].map((action) => ({ ...cadences, action }))
}

/** What stands beside the records in the body of a call, as JSON that follows them. */
export function callTail(
  settings: WriteSettings,
  operation: Operation,
  checkedFields: string[] | null
): string {
  const { trigger, assignmentRule, layoutRules, skipCadences } = settings
  const more = {
    ...(checkedFields === null ? {} : { duplicate_check_fields: checkedFields }),
    ...(trigger === null ? {} : { trigger }),
    ...(assignmentRule === null || operation === 'update' ? {} : { lar_id: assignmentRule }),
    ...(layoutRules ? { apply_feature_execution: [{ name: 'layout_rules' }] } : {}),
    ...(skipCadences ? { skip_feature_execution: skipped(operation) } : {}),
  }
  const json = JSON.stringify(more)
  return json === '{}' ? '' : `,${json.slice(1, -1)}`
}
