import type { BuilderStream } from '../../types.js'

const WORDS: { [type: string]: string } = {
  boolean: 'true or false',
  integer: 'a number',
  datetime: 'a time',
  text: 'a text',
  picklist: 'a text',
}

/** The fields that can be a flag, those that are true or false first. */
export function flagCandidates(
  stream: BuilderStream['description'] | null
): Array<{ value: string; label: string }> {
  const { fields = [], key = [] } = stream ?? {}
  const types = Object.keys(WORDS)
  return fields
    .filter(({ name, type, readOnly, unique }) => {
      return types.includes(type) && !readOnly && !unique && !key.includes(name)
    })
    .sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type))
    .map(({ name, type }) => ({ value: name, label: `${name} (${WORDS[type]})` }))
}
