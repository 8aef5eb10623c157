import type { ServiceDefinition } from '#sdk'
import { isUsed } from '#engine/is_used'
import type { Problem } from '#engine/problem'

const UNMATCHED = 'Choose at least one field that tells records apart, or match by id.'
const NAME = /^[a-z][a-z0-9_-]{0,62}$/

/** What is still to be chosen before a draft can be checked at all, in words for who builds it. */
export function draftGaps({ name, source, target, mapping }: ServiceDefinition): Problem[] {
  const { match } = target
  const isMatched =
    match.by === 'id' || (match.by === 'fields' ? match.fields : match.any).length > 0
  const gaps: Array<Problem | null> = [
    nameGap(name),
    gap('source.connection', source.connection, 'Choose where the records come from.'),
    gap('source.stream', source.stream, 'Choose which records are read.'),
    gap('source.flag.field', source.flag?.field ?? 'none', 'Choose the field that is the flag.'),
    gap('target.connection', target.connection, 'Choose where the records go to.'),
    gap('target.stream', target.stream, 'Choose what the records become there.'),
    mappingGap(target, mapping),
    isMatched
      ? null
      : { where: `target.match.${match.by === 'search' ? 'any' : 'fields'}`, message: UNMATCHED },
    ...mapping.map((row, index) => (isUsed(target, row) ? rowGap(row, index) : null)),
  ]
  return gaps.filter((each) => each !== null)
}

function gap(where: string, value: string, message: string): Problem | null {
  return value === '' ? { where, message } : null
}

/** What is deleted by its id needs no field, and else those that it is found by. */
function mappingGap(
  target: ServiceDefinition['target'],
  mapping: ServiceDefinition['mapping']
): Problem | null {
  const { operation, match } = target
  if (operation !== 'delete') {
    return mapping.length > 0
      ? null
      : { where: 'mapping', message: 'Fill at least one target field.' }
  }
  if (match.by !== 'fields' || mapping.some((row) => isUsed(target, row))) return null
  const message = 'Fill the fields by which the records to delete are found.'
  return match.fields.length > 0 ? { where: 'mapping', message } : null
}

function nameGap(name: string): Problem | null {
  if (name === '') return { where: 'name', message: 'Give the service a name.' }
  if (NAME.test(name)) return null
  const message = 'Use small letters, digits, "-" and "_" in the name, and begin with a letter.'
  return { where: 'name', message }
}

/** A row that was begun and has no origin yet says so itself, rather than as a fault of a file. */
function rowGap(row: ServiceDefinition['mapping'][number], index: number): Problem | null {
  const where = `mapping[${index}]`
  if (row.from === '') return { where: `${where}.from`, message: 'Choose a source field.' }
  if (row.formula?.trim() === '') return { where: `${where}.formula`, message: 'Write a formula.' }
  const empty = row.when?.findIndex((each) => each.if.trim() === '') ?? -1
  if (empty < 0) return null
  return { where: `${where}.when[${empty}].if`, message: 'Write the condition.' }
}
