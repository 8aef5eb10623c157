import { plainName, wordsOf } from '#domain/services/propose_words'
import type { Field, FieldType, MappingRow, StreamDescription } from '#sdk'

/** What the names must have in common at least, of 100. */
const LEAST = 50

const NUMBERS: FieldType[] = ['integer', 'decimal']
const TIMES: FieldType[] = ['date', 'datetime']
const TEXTS: FieldType[] = ['text', 'email', 'phone', 'url', 'picklist']
/** What any text can be turned into, though not every text is one. */
const READ_FROM_TEXT: FieldType[] = [...TEXTS, ...NUMBERS, ...TIMES, 'boolean', 'multipicklist']

interface Pair {
  source: Field
  target: Field
  score: number
}

/**
 * Rows for the target fields that a source field plainly belongs to, by name and type. Fields
 * that are mapped already stay as they are, each field is used once, and an id of another record
 * stays in its account.
 */
export function proposeMapping(
  source: Pick<StreamDescription, 'fields' | 'name'>,
  target: Pick<StreamDescription, 'fields' | 'name'>,
  mapping: MappingRow[],
  { isSameAccount = false } = {}
): MappingRow[] {
  const filled = new Set(mapping.map(({ to }) => to))
  const used = new Set(mapping.flatMap(({ from }) => from ?? []))
  const rows: MappingRow[] = []
  for (const pair of rankedPairs(source, target)) {
    if (pair.target.type === 'lookup' && !isSameAccount) continue
    if (filled.has(pair.target.name) || used.has(pair.source.name)) continue
    filled.add(pair.target.name)
    used.add(pair.source.name)
    rows.push({ to: pair.target.name, from: pair.source.name })
  }
  const order = new Map(target.fields.map(({ name }, index) => [name, index]))
  return rows.sort((a, b) => (order.get(a.to) ?? 0) - (order.get(b.to) ?? 0))
}

/** Best first; among equals in the order of the target's fields, then of the source's. */
function rankedPairs(
  source: Pick<StreamDescription, 'fields' | 'name'>,
  target: Pick<StreamDescription, 'fields' | 'name'>
): Pair[] {
  const own = new Set([...wordsOf(source.name), ...wordsOf(target.name)].flatMap(bothNumbers))
  const writable = target.fields.filter(({ readOnly }) => !readOnly)
  const sources = source.fields.map((field) => ({ field, names: namings(field, own) }))
  const pairs = writable.flatMap((field) => {
    const wanted = namings(field, own)
    return sources.map(({ field: from, names }): Pair => {
      const alike = best(wanted, names)
      const fit = typeFit(from.type, field.type)
      const score = alike < LEAST || fit === null ? 0 : alike + fit + weightOf(field)
      return { source: from, target: field, score }
    })
  })
  return pairs.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)
}

/** A stream is called by many, its records by one: orders, order. */
function bothNumbers(word: string): string[] {
  return [word, word.replace(/s$/, ''), word.replace(/ies$/, 'y')]
}

function weightOf({ mandatory, unique }: Field): number {
  return (mandatory ? 2 : 0) + (unique ? 1 : 0)
}

interface Naming {
  /** As it is written, capitals and marks apart. */
  plain: string
  words: Set<string>
  /** The name of the stream was cut off: `order_status` of orders. */
  isShort: boolean
}

/** By the name on the wire and by the one that people know. */
function namings({ name, label }: Field, own: Set<string>): Naming[] {
  return [name, ...(label === undefined ? [] : [label])].flatMap((text) => {
    const plain = plainName(text)
    const words = wordsOf(text)
    const rest = words.filter((word) => !own.has(word))
    const whole = { plain, words: new Set(words), isShort: false }
    const isCut = rest.length > 0 && rest.length < words.length
    return isCut ? [whole, { plain: '', words: new Set(rest), isShort: true }] : [whole]
  })
}

function best(wanted: Naming[], names: Naming[]): number {
  return Math.max(0, ...wanted.flatMap((each) => names.map((other) => likeness(each, other))))
}

/** 100 for the same name, less for the same words, and less again where the stream's name was cut off. */
function likeness(a: Naming, b: Naming): number {
  if (a.plain !== '' && a.plain === b.plain) return 100
  const shared = [...a.words].filter((word) => b.words.has(word)).length
  if (shared === 0) return 0
  const all = new Set([...a.words, ...b.words]).size
  return Math.floor((shared / all) * (a.isShort || b.isShort ? 90 : 88))
}

/** How well a value fits; null where it cannot. */
function typeFit(from: FieldType, to: FieldType): number | null {
  if (from === to) return 5
  if (TEXTS.includes(to) && TEXTS.includes(from)) return 3
  if (isBoth(NUMBERS, from, to) || isBoth(TIMES, from, to)) return 3
  if (to === 'text' && from !== 'json' && from !== 'lookup') return 1
  if (to === 'picklist' && (from === 'boolean' || from === 'integer')) return 0
  if (to === 'boolean' && from === 'integer') return 0
  return TEXTS.includes(from) && READ_FROM_TEXT.includes(to) ? -5 : null
}

function isBoth(types: FieldType[], from: FieldType, to: FieldType): boolean {
  return types.includes(from) && types.includes(to)
}
