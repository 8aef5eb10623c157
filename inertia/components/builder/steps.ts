import type { Builder } from './use_builder.js'

export interface Step {
  key: string
  label: string
  /** What problems of this step begin with. */
  places: RegExp
  isDone(builder: Builder): boolean
}

/** The path from nothing to a service, in order. */
export const STEPS: Step[] = [
  {
    key: 'kind',
    label: 'Kind',
    places: /^(name|kind)/,
    isDone: ({ definition }) => definition.name !== '',
  },
  {
    key: 'source',
    label: 'Source',
    places: /^(source|incremental)/,
    isDone: ({ source }) => source.stream.value?.description.readable === true,
  },
  {
    key: 'target',
    label: 'Target',
    places: /^target\.(connection|stream|route|options)/,
    isDone: ({ target }) => target.stream.value?.description.writable === true,
  },
  {
    key: 'mapping',
    label: 'Mapping',
    places: /^mapping/,
    isDone: isMapped,
  },
  {
    key: 'matching',
    label: 'Matching',
    places: /^target\.(operation|match)/,
    isDone: ({ definition }) => isMatched(definition),
  },
  {
    key: 'triggers',
    label: 'Triggers',
    places: /^(schedule|trigger|brakes)/,
    isDone: ({ definition }) =>
      definition.schedule !== undefined || definition.trigger !== undefined,
  },
  { key: 'review', label: 'Review', places: /^$/, isDone: () => false },
]

function isMapped({ definition, trial, targetFields }: Builder): boolean {
  const { mapping, target } = definition
  if (target.operation === 'delete') return isFindable(definition)
  const isFilled = (name: string) => mapping.some(({ to }) => to === name)
  const missing = targetFields.value.some(
    ({ name, mandatory, readOnly }) => mandatory && !readOnly && !isFilled(name)
  )
  const isWhole = target.operation === 'update' || !missing
  return mapping.length > 0 && isWhole && trial.value?.problems.length === 0
}

/** What is to be deleted is only found: by its id without a mapping. */
function isFindable({ target: { match }, mapping }: Builder['definition']): boolean {
  if (match.by !== 'fields') return true
  return match.fields.every((name) => mapping.some(({ to }) => to === name))
}

function isMatched({ target: { match, operation } }: Builder['definition']): boolean {
  if (match.by === 'search') return match.any.length > 0
  if (match.by === 'fields') return match.fields.length > 0
  return operation === 'insert' || match.column !== undefined
}

export function stepOf(where: string): Step {
  return STEPS.find(({ places }) => places.test(where)) ?? STEPS[STEPS.length - 1]!
}
