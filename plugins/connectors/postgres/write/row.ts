import type { RecordOutcome, RecordValues, WriteBatch } from '#sdk'
import { BadCell, cellOf, type Cell } from './cell.js'
import { columnOf, type Target } from './target_table.js'

/** A record on its way into the table. */
export interface Row {
  index: number
  cells: Map<string, Cell>
  /** The key that the batch knows it by. */
  id: Cell[] | null
  /** The record that the table holds for it, once it is found. */
  held: RecordValues | null
}

/** Rows of one group name the same columns, so that one statement takes them. */
export interface Prepared {
  groups: Row[][]
  outcomes: RecordOutcome[]
}

const LARGEST = 1_000_000

export function prepareRows(target: Target, batch: WriteBatch): Prepared {
  const outcomes: RecordOutcome[] = []
  const groups = new Map<string, Row[]>()
  for (const [index, record] of batch.records.entries()) {
    const cells = cellsOf(target, record)
    const id = batch.ids[index] ?? null
    const key = id === null ? null : keyCells(target, id)
    if ('rule' in cells) {
      const { field, code, rule } = cells
      outcomes.push({ index, state: 'rejected', code, field, message: `${field} ${rule}.` })
      continue
    }
    if (id !== null && key === null) {
      const message = `'${id.slice(0, 100)}' is no key of ${target.table.name}.`
      outcomes.push({ index, state: 'rejected', code: 'INVALID_ID', message })
      continue
    }
    const row = { index, cells, id: key, held: null }
    const shape = JSON.stringify([...cells.keys()].sort())
    const group = groups.get(shape)
    if (group) group.push(row)
    else groups.set(shape, [row])
  }
  return { groups: [...groups.values()].flatMap(bySize), outcomes }
}

function cellsOf(
  target: Target,
  record: RecordValues
): Row['cells'] | { field: string; code: string; rule: string } {
  const cells: Row['cells'] = new Map()
  for (const [field, value] of Object.entries(record)) {
    const cell = cellOf(columnOf(target.table.name, target.byName, field), value)
    if (cell instanceof BadCell) return { field, code: cell.code, rule: cell.rule }
    cells.set(field, cell)
  }
  return cells
}

/** The id of a record is its key: the one value, or a JSON list of several. Null where it is none. */
export function keyCells({ key }: Target, id: string): Cell[] | null {
  const values = key.length === 1 ? [id] : valuesOf(id)
  if (values.length !== key.length) return null
  const cells = key.flatMap((column, at) => {
    const cell = cellOf(column, values[at])
    return cell instanceof BadCell ? [] : [cell]
  })
  return cells.length === key.length ? cells : null
}

function valuesOf(id: string): string[] {
  if (!/^\[.*\]$/s.test(id)) return []
  const values: unknown = JSON.parse(id)
  return Array.isArray(values) ? values.map(String) : []
}

/** No statement may be larger than the server takes. */
function bySize(rows: Row[]): Row[][] {
  const parts: Row[][] = [[]]
  let size = 0
  for (const row of rows) {
    for (const { literal } of row.cells.values()) size += literal.length
    if (size > LARGEST && parts[parts.length - 1].length > 0) {
      parts.push([])
      size = 0
    }
    parts[parts.length - 1].push(row)
  }
  return parts
}
