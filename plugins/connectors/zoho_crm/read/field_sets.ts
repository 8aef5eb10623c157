import type { ReadQuery, StreamDescription } from '#sdk'
import { fieldsOf } from './fulfils.js'
import { ATTACHMENTS } from '../files/attachments_field.js'
import { columnsOf } from './join_of.js'

/** What a list or a query may name at once. */
export const MOST_FIELDS = 50

/** Changes with every edit, so that halves of two states of a record can be told apart. */
export const MARK = 'Modified_Time'

/** What a read fetches, and how. */
export interface FieldSets {
  /** All of them, as the record is put together from. */
  names: string[]
  /** Those that lists and queries show, in portions that Zoho takes. `id` comes unasked. */
  portions: string[][]
  /** Those that only a single record shows. */
  singles: string[]
  /** The field by which two portions of a record are held together; null where there is none. */
  mark: string | null
}

/** Lists leave these out and queries refuse them, all but the tags. */
function isSingle(stream: StreamDescription, name: string) {
  const field = stream.fields.find((each) => each.name === name)
  return field?.type === 'json' && name !== 'Tag'
}

export function fieldSets(stream: StreamDescription, query: ReadQuery): FieldSets {
  const first = query.incremental ? [query.incremental.field] : []
  const names = [...new Set([...first, ...query.fields, ...fieldsOf(query.filter)])].filter(
    (name) => name !== 'id'
  )
  const singles = names.filter((name) => isSingle(stream, name))
  const listed = columnsOf(
    stream,
    names.filter((name) => !singles.includes(name))
  )
  const hasMark = stream.fields.some(({ name }) => name === MARK)
  const isDivided = listed.length > MOST_FIELDS || singles.length > 0
  const always = [...new Set([...first, ...(hasMark && isDivided ? [MARK] : [])])]
  const portions = inPortions(always, listed)
  const mark = hasMark && isDivided ? MARK : null
  const shown = portions.map((portion) => (portion.length > 0 ? portion : ['id']))
  return { names, portions: shown, singles, mark }
}

/** As many as a call takes, each with what is asked for always; one portion at least. */
export function inPortions(always: string[], names: string[]): string[][] {
  const others = names.filter((name) => !always.includes(name))
  const room = MOST_FIELDS - always.length
  const portions: string[][] = []
  for (let from = 0; from < others.length || portions.length === 0; from += room) {
    portions.push([...always, ...others.slice(from, from + room)])
  }
  return portions
}

/** Single records that `records` need, in steps so that prices stay few. */
export function singleCredits({ singles }: FieldSets, records: number) {
  if (singles.length === 0) return 0
  const calls = singles.includes(ATTACHMENTS) ? 2 : 1
  return calls * inSteps(records)
}

function inSteps(records: number) {
  return records <= 20 ? records : Math.ceil(records / 10) * 10
}
