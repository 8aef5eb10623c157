import type { Operation, RecordOutcome } from '#sdk'
import type { RowRefusal } from '../row_refusal.js'
import type { Row } from './row.js'
import type { Target } from './target_table.js'

type Say = (field: string, target: Target) => string

const TAKEN: Say = (field) => `Another row has this value of ${field} already.`
const NOT_TAKEN: Say = (field) => `The column ${field} does not take this value.`

const SENTENCES: { [code: string]: Say | undefined } = {
  22001: (field, { byName }) => {
    const most = byName.get(field)?.field.maxLength
    return `The text is too long for ${field}${most ? `; ${most} characters fit` : ''}.`
  },
  22003: (field) => `The number is out of the range of ${field}.`,
  22007: NOT_TAKEN,
  22008: NOT_TAKEN,
  '22P02': NOT_TAKEN,
  23502: (field) => `${field} must have a value.`,
  23503: (field) => `${field} points to a row that is not there. Bring that one first.`,
  23505: TAKEN,
  23514: (rule) => `The table's rule ${rule} forbids this row.`,
}

export function refusalOutcome(
  target: Target,
  operation: Operation,
  row: Row,
  refusal: RowRefusal
): RecordOutcome {
  const columns = columnsAtFault(target, row, refusal)
  const { code, message, constraint } = refusal
  const place = columns.length > 0 ? columns.join(' with ') : constraint
  const say = SENTENCES[code]
  const text = say && place !== null ? say(place, target) : `The database says: ${message}.`
  const field = columns.find((name) => target.byName.has(name))
  const told = { index: row.index, code, message: text, ...(field === undefined ? {} : { field }) }
  // The row came to be since it was looked for: the next try finds it.
  const isLate = operation === 'upsert' && say === TAKEN && isMatch(target, columns)
  return { ...told, state: isLate ? 'failed' : 'rejected' }
}

/** The server names a column only sometimes; else what it quotes or measures tells. */
function columnsAtFault({ table, byName }: Target, { cells }: Row, refusal: RowRefusal): string[] {
  const { column, constraint, detail, message, code } = refusal
  if (column !== null) return [column]
  const index = constraint === null ? undefined : table.indexNames.get(constraint)
  if (index) return index
  const named = /\(([^()]+)\)=\(/.exec(detail)?.[1]
  if (named !== undefined) return named.split(', ').map((name) => name.replaceAll('"', ''))
  const quoted = /"([^"]*)"[^"]*$/.exec(message)?.[1]
  const texts = [...cells].map(([name, cell]) => ({ name, text: String(cell.plain) }))
  const isAtFault = ({ name, text }: { name: string; text: string }) => {
    const field = byName.get(name)?.field
    if (code === '22001') return field?.maxLength !== undefined && text.length > field.maxLength
    if (code === '22003' && field?.maxDigits !== undefined) {
      return text.replace(/^-|\..*$/g, '').length > field.maxDigits
    }
    return quoted !== undefined && (text === quoted || message.includes(`"${text}"`))
  }
  const found = texts.find(isAtFault)
  return found ? [found.name] : []
}

function isMatch({ match, key }: Target, columns: string[]): boolean {
  const names = (match ?? key).map((column) => column.name)
  return names.length === columns.length && names.every((name) => columns.includes(name))
}
