import { plural } from '../../composables/format.js'
import type { BuilderDefinition } from '../../types.js'

const WRITES: { [operation: string]: string } = {
  upsert: 'creates what is new and updates what is there',
  insert: 'only creates records',
  update: 'only updates records that are there',
}

/** What a service will do, in plain sentences. */
export function sentencesOf(definition: BuilderDefinition): string[] {
  const { source, target, incremental } = definition
  const { flag } = source
  const reads = flag
    ? `what has not arrived yet, by the flag ${flag.field || 'that is still to be chosen'}`
    : incremental
      ? `what is new${incremental.by === 'modified' ? ' or was changed' : ''} since the last run, by ${incremental.column}`
      : 'everything'
  return [
    `It reads ${source.stream} from ${source.connection}: ${reads}.`,
    ...(source.view ? [`It reads only what the view "${source.view}" shows.`] : []),
    ...(source.filter ? [`It leaves out records that do not fulfil: ${source.filter}.`] : []),
    ...(target.operation === 'delete' ? deleteTexts(definition) : writeTexts(definition)),
    ...duplicateTexts(definition),
    ...(flag ? [FLAGS] : []),
    ...triggerTexts(definition),
    ...brakeTexts(definition),
  ]
}

const FLAGS =
  'Once a record has arrived it sets the flag in the source, unless the record has changed meanwhile; if it does not arrive, the flag stays unset.'

const TWINS = {
  first: 'Of records with the same match value it takes the first and leaves the others out.',
  last: 'Of records with the same match value the last one stands.',
}

function duplicateTexts({ source: { duplicates } }: BuilderDefinition): string[] {
  return duplicates === 'first' || duplicates === 'last' ? [TWINS[duplicates]] : []
}

function writeTexts(definition: BuilderDefinition): string[] {
  const { target, mapping } = definition
  return [
    `It fills ${plural(mapping.length, 'field')} of ${target.stream} in ${target.connection}.`,
    target.match.by === 'search'
      ? `Each record is ${matchText(definition)}.`
      : `It ${WRITES[target.operation]}, ${matchText(definition)}.`,
    ...policyTexts(definition),
    'What has not changed since it was last sent is not sent again.',
  ]
}

function deleteTexts(definition: BuilderDefinition): string[] {
  const { target, brakes } = definition
  const brake =
    'It stops and asks before it deletes more than 100 records, or 10 % of those it has there.'
  return [
    `It deletes records of ${target.stream} in ${target.connection}: for each record that it reads, the one ${matchText(definition)}.`,
    'One that is gone already costs nothing, and is looked for again only when the source record changes.',
    ...(brakes?.changes ? [] : [brake]),
  ]
}

function matchText({ target: { match } }: BuilderDefinition): string {
  if (match.by === 'search') return searchText(match)
  if (match.by === 'fields') return `found by ${match.fields.join(' and ') || 'nothing yet'}`
  return match.column === undefined
    ? 'found by what was sent before'
    : `found by the id in ${match.column}`
}

function searchText({
  any,
}: Extract<BuilderDefinition['target']['match'], { by: 'search' }>): string {
  const groups = any.map((group) => group.join(' with ')).join(', or else by ')
  return `searched for by ${groups || 'nothing yet'}`
}

/** What becomes of a record, by how many the search finds. */
function policyTexts({ target: { match } }: BuilderDefinition): string[] {
  if (match.by !== 'search') return []
  const { none, one, many = 'ask', created } = match
  const told = created === undefined ? '' : ` by ${created}`
  const several = {
    ask: 'it asks a person which it is',
    skip: 'it leaves the record out',
    oldest: `it takes the oldest${told}`,
    newest: `it takes the newest${told}`,
  }
  return [
    `Where none is found, it ${none === 'skip' ? 'leaves the record out' : 'creates one'}; where one is, it ${one === 'skip' ? 'leaves that as it is' : 'updates that'}; where several are, ${several[many]}.`,
    ...(match.normalised ? ['It also compares what is written in different ways.'] : []),
  ]
}

function triggerTexts({ schedule, trigger }: BuilderDefinition): string[] {
  if (!schedule && !trigger) return ['It starts by hand only.']
  const changes = trigger ? ['It starts when records change in the source.'] : []
  if (!schedule) return changes
  const zone = 'timezone' in schedule && schedule.timezone ? ` (${schedule.timezone})` : ''
  return [
    `It starts ${timesText(schedule)}${'every' in schedule ? '' : zone || ' (UTC)'}.`,
    ...changes,
  ]
}

function brakeTexts({ brakes, target }: BuilderDefinition): string[] {
  const does = target.operation === 'delete' ? 'deletes' : 'creates or updates'
  const text = (what: string, { percent, records }: NonNullable<typeof brakes>['changes'] & {}) => {
    const part = percent === undefined ? '' : `${percent} % of what it has there`
    const count = records === undefined ? '' : plural(records, 'record')
    return `It stops and asks ${what} more than ${[count, part].filter(Boolean).join(' or ')}.`
  }
  return [
    ...(brakes?.changes ? [text(`before it ${does}`, brakes.changes)] : []),
    ...(brakes?.rejects ? [text('when it rejects', brakes.rejects)] : []),
  ]
}

function timesText(schedule: NonNullable<BuilderDefinition['schedule']>): string {
  if ('every' in schedule) return `every ${schedule.every} ${schedule.unit}`
  if ('hourly' in schedule) return `each hour, at minute ${schedule.hourly}`
  if ('daily' in schedule) return `daily at ${schedule.daily.join(', ')}`
  if ('weekly' in schedule)
    return `on ${schedule.weekly.map(titled).join(', ')} at ${schedule.at.join(', ')}`
  if ('monthly' in schedule) {
    return `on day ${schedule.monthly.join(', ')} of the month at ${schedule.at.join(', ')}`
  }
  return `once, ${schedule.once.replace('T', ' at ')}`
}

function titled(day: string): string {
  return day.slice(0, 1).toUpperCase() + day.slice(1)
}
