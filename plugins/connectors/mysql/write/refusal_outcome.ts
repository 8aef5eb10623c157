import type { Operation, RecordOutcome } from '#sdk'
import type { RowRefusal } from '../row_refusal.js'
import type { Row } from './row.js'
import type { Target } from './target_table.js'

type Say = (field: string, target: Target) => string

const NO_PARENT: Say = (field) =>
  `${field} points to a row that is not there. Bring that one first.`
const TAKEN: Say = (field) => `Another row has this value of ${field} already.`
const NOT_TAKEN: Say = (field) => `The column ${field} does not take this value.`

const SENTENCES: { [code: string]: Say | undefined } = {
  ER_DATA_TOO_LONG: (field, { byName }) => {
    const most = byName.get(field)?.field.maxLength
    return `The text is too long for ${field}${most ? `; ${most} characters fit` : ''}.`
  },
  ER_BAD_NULL_ERROR: (field) => `${field} must have a value.`,
  ER_NO_DEFAULT_FOR_FIELD: (field) => `${field} must have a value. Map it.`,
  ER_DUP_ENTRY: TAKEN,
  ER_DUP_ENTRY_WITH_KEY_NAME: TAKEN,
  ER_NO_REFERENCED_ROW: NO_PARENT,
  ER_NO_REFERENCED_ROW_2: NO_PARENT,
  ER_ROW_IS_REFERENCED: (field) => `Other rows point to this one, so ${field} must stay.`,
  ER_ROW_IS_REFERENCED_2: (field) => `Other rows point to this one, so ${field} must stay.`,
  ER_WARN_DATA_OUT_OF_RANGE: (field) => `The number is out of the range of ${field}.`,
  ER_TRUNCATED_WRONG_VALUE: NOT_TAKEN,
  ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: NOT_TAKEN,
  WARN_DATA_TRUNCATED: NOT_TAKEN,
  ER_INVALID_JSON_TEXT: NOT_TAKEN,
  ER_CHECK_CONSTRAINT_VIOLATED: (rule) => `The table's rule ${rule} forbids this row.`,
  ER_CONSTRAINT_FAILED: (rule) => `The table's rule ${rule} forbids this row.`,
}

/** Where the server's sentence names the column, the index or the rule. */
const PLACES = [
  /FOREIGN KEY \(`([^`]+)`/,
  /for key '(?:[^']*\.)?([^'.]+)'/,
  /(?:column|field) [`'](?:[^`']*[`.])?`?([^`'.]+)[`']/i,
  /constraint [`'](?:[^`'.]*\.)?([^`'.]+)[`']/i,
]

export function refusalOutcome(
  target: Target,
  operation: Operation,
  row: Row,
  { code, message }: RowRefusal
): RecordOutcome {
  const place = PLACES.map((shape) => shape.exec(message)?.[1]).find((name) => name !== undefined)
  const index = place === undefined ? undefined : target.table.indexNames.get(place)
  const columns = index ?? (place === undefined ? [] : [place])
  const say = SENTENCES[code]
  const text =
    say && place !== undefined
      ? say(columns.join(' with '), target)
      : `The database says: ${message}`
  const field = columns.find((name) => target.byName.has(name))
  const told = { index: row.index, code, message: text, ...(field === undefined ? {} : { field }) }
  // The row came to be since it was looked for: the next try finds it.
  const isLate = operation === 'upsert' && TAKEN === say && isMatch(target, columns)
  return { ...told, state: isLate ? 'failed' : 'rejected' }
}

function isMatch({ match, key }: Target, columns: string[]): boolean {
  const names = (match ?? key).map((column) => column.name)
  return names.length === columns.length && names.every((name) => columns.includes(name))
}
