import { compareDefinitions } from '#domain/services/compare_definitions'
import type { TemplateConflict } from '#domain/services/merge_template'
import type { ServiceDefinition } from '#sdk'
import type { TemplateUpdate } from '#domain/services/template_update'

export type TemplateUpdateView = {
  title: string
  from: string
  to: string
  revision: number
  changes: string[]
  conflicts: Array<TemplateConflict & { title: string }>
}

const PARTS: { [place: string]: string } = {
  'kind': 'The kind of service',
  'source.stream': 'What is read',
  'source.filter': 'Which records are read',
  'source.view': 'The view that is read',
  'source.route': 'The way of reading',
  'source.live': 'Whether records are read as they are now',
  'source.flag': 'The sync flag',
  'source.duplicates': 'Records that share a match value',
  'brakes': 'Brakes',
  'target.stream': 'What is written to',
  'target.operation': 'What happens to a record',
  'target.match': 'How a record is found',
  'target.route': 'The way of writing',
  'target.options': 'How it writes',
  'incremental': 'What each run reads',
  'schedule': 'Schedule',
  'trigger': 'Changes that start it',
}

/** A row is called after the field that it fills, on whichever side it still is. */
function titleOf(place: string, sides: ServiceDefinition[]): string {
  const id = place.replace(/^row:/, '')
  const row = sides.flatMap(({ mapping }) => mapping).find((each) => (each.id ?? each.to) === id)
  return PARTS[place] ?? row?.to ?? id
}

/** The changes are those that come without a choice; each conflict says what either side wants. */
export function viewTemplateUpdate(update: TemplateUpdate | null): TemplateUpdateView | null {
  if (update === null) return null
  const { title, from, to, revision, conflicts, mine, theirs, merged } = update
  return {
    ...{ title, from, to, revision },
    conflicts: conflicts.map((conflict) => ({
      ...conflict,
      title: titleOf(conflict.place, [mine, theirs]),
    })),
    changes: compareDefinitions(mine, merged),
  }
}
