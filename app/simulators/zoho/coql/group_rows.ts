import type { DataType } from '../metadata/field_definition.js'
import type { SimulatedOrg } from '../simulated_org.js'
import type { ModuleTable } from '../store/module_table.js'
import { renderValue } from '../store/render_record.js'
import type { StoredRecord, StoredValue } from '../store/stored_record.js'
import { compareValues } from './compare_values.js'
import { coqlColumn, invalidQuery, type CoqlColumn } from './coql_column.js'
import type { CoqlAggregate, CoqlQuery, CoqlTerm } from './coql_query.js'
import { termName } from './term_name.js'

const NUMERIC: readonly DataType[] = ['integer', 'double', 'currency', 'percent', 'bigint']
const ORDERED: readonly DataType[] = [...NUMERIC, 'date', 'datetime']

function checkFigure(aggregate: CoqlAggregate, { name, field }: CoqlColumn) {
  const allowed = aggregate === 'SUM' || aggregate === 'AVG' ? NUMERIC : ORDERED
  if (aggregate === 'COUNT' || allowed.includes(field.dataType)) return
  throw invalidQuery(name, `${aggregate} does not fit the column`)
}

function figure(aggregate: CoqlAggregate, column: CoqlColumn, rows: readonly StoredRecord[]) {
  const values = rows.map((row) => column.read(row)).filter((value) => value !== null)
  if (aggregate === 'COUNT') return values.length
  if (values.length === 0) return null
  if (aggregate === 'MIN' || aggregate === 'MAX') {
    const sorted = values.toSorted(compareValues)
    return sorted.at(aggregate === 'MIN' ? 0 : -1) ?? null
  }
  const sum = values.reduce<number>((total, value) => total + Number(value), 0)
  return aggregate === 'SUM' ? sum : sum / values.length
}

/** One row per group; without groups a single one. */
export function groupRows(
  org: SimulatedOrg,
  table: ModuleTable,
  query: CoqlQuery,
  found: readonly StoredRecord[]
) {
  const keys = query.groupBy.map((name) => coqlColumn(org, table, name))
  const terms = [...query.terms, ...query.orderBy.map((order) => ({ ...order, alias: null }))]
  const aliases = new Set(query.terms.flatMap(({ alias }) => alias ?? []))
  const columns = terms
    .filter(({ column, aggregate }) => aggregate !== null || !aliases.has(column))
    .map((term) => ({ term, column: coqlColumn(org, table, term.column) }))
  for (const { term, column } of columns) {
    if (term.aggregate) checkFigure(term.aggregate, column)
    else if (!query.groupBy.includes(term.column)) {
      throw invalidQuery(term.column, 'the column is not in the group by clause')
    }
  }
  const groups = Map.groupBy(found, (row) => JSON.stringify(keys.map(({ read }) => read(row))))
  if (groups.size === 0 && keys.length === 0) groups.set('', [])
  return [...groups.values()].map((rows) => {
    const values = new Map<string, StoredValue>()
    const shown: Record<string, unknown> = {}
    for (const { term, column } of columns) {
      const { aggregate } = term
      const value = aggregate
        ? figure(aggregate, column, rows)
        : rows.length > 0
          ? column.read(rows[0])
          : null
      const isPlain = aggregate === 'COUNT' || aggregate === 'SUM' || aggregate === 'AVG'
      values.set(termName(term), value)
      values.set(termName({ ...term, alias: null }), value)
      shown[termName(term)] = isPlain ? value : renderValue(org, column.field, value)
    }
    return { values, row: pick(shown, query.terms) }
  })
}

function pick(shown: Record<string, unknown>, terms: (CoqlTerm & { alias: string | null })[]) {
  return Object.fromEntries(terms.map((term) => [termName(term), shown[termName(term)]]))
}
