import { referenceTo } from './rows.js'

export interface Suggestion {
  text: string
  note: string
  /** Where the caret stands afterwards, from the end of the text. */
  back: number
}

const MOST = 8

/** The word before the caret, and where it begins. */
export function wordBefore(text: string, caret: number): { word: string; start: number } {
  const [word = ''] = /[A-Za-z_][\w.]*$/.exec(text.slice(0, caret)) ?? []
  return { word, start: caret - word.length }
}

/** What a word may become: fields first, by the beginning of their names, then functions. */
export function suggest(
  word: string,
  fields: Array<{ name: string; type: string }>,
  functions: Array<{ name: string; says: string }>,
  isBare = false
): Suggestion[] {
  const wanted = word.toLowerCase()
  if (wanted === '') return []
  const bare = isBare ? wanted : wanted.replace(/^source\.?/, '')
  const isField = !isBare && wanted.startsWith('source')
  const byName = (name: string) => name.toLowerCase().startsWith(isField ? bare : wanted)
  const within = (name: string) => !byName(name) && bare !== '' && name.toLowerCase().includes(bare)
  const named = [
    ...fields.filter(({ name }) => byName(name)),
    ...fields.filter(({ name }) => within(name)),
  ].map(({ name, type }) => ({ text: referenceTo(name, isBare), note: type, back: 0 }))
  const called = functions
    .filter(({ name }) => !isField && /^\w+$/.test(name) && byName(name))
    .map(({ name, says }) => ({ text: `${name}()`, note: says, back: 1 }))
  return [...named, ...called].filter(({ text }) => text !== word).slice(0, MOST)
}
