import { ApiFault } from '../server/api_fault.js'
import { CoqlCursor } from './coql_cursor.js'
import { aggregates, type CoqlAggregate, type CoqlQuery, type CoqlTerm } from './coql_query.js'
import { limitExceeded } from './limit_exceeded.js'
import { parseConditions } from './parse_conditions.js'

const MOST_COLUMNS = 50
const MOST_AGGREGATES = 5
const MOST_GROUPS = 4
const MOST_ORDERS = 10
const ALIAS = /^[A-Za-z]\w*$/

const findAggregate = (text: string): CoqlAggregate | undefined =>
  aggregates.find((name) => name === text)

/** `Column` or `SUM(Column)`; the names of figures are written in capitals. */
function parseTerm(cursor: CoqlCursor, clause: string): CoqlTerm {
  if (!cursor.isAfter('(')) return { column: cursor.column(clause), aggregate: null }
  const { text, at } = cursor.next()
  const aggregate = findAggregate(text)
  if (!aggregate) throw cursor.fault(clause, at)
  cursor.keyword('(')
  const column = cursor.column(clause)
  cursor.keyword(')')
  return { column, aggregate }
}

function parseSelected(cursor: CoqlCursor) {
  const term = parseTerm(cursor, 'select')
  if (!cursor.take('as')) return { ...term, alias: null }
  const { text: alias } = cursor.next()
  if (ALIAS.test(alias)) return { ...term, alias }
  throw new ApiFault(400, 'INVALID_ALIAS', 'the alias is not valid', { alias })
}

const isSame = (one: CoqlTerm, other: CoqlTerm) =>
  one.column === other.column && one.aggregate === other.aggregate

function duplicate({ column, aggregate }: CoqlTerm) {
  const details = { column_name: column, ...(aggregate ? { aggregate } : {}) }
  const message = aggregate ? 'duplicate aggregate function' : 'duplicate select column'
  return new ApiFault(400, 'DUPLICATE_DATA', message, details)
}

function checkTerms(terms: CoqlQuery['terms']) {
  if (terms.length > MOST_COLUMNS) throw limitExceeded('select', MOST_COLUMNS)
  const figures = terms.filter(({ aggregate }) => aggregate !== null)
  if (figures.length > MOST_AGGREGATES) throw limitExceeded('aggregate', MOST_AGGREGATES)
  const twin = terms.find((term, at) => terms.slice(0, at).some((other) => isSame(term, other)))
  if (twin) throw duplicate(twin)
  const aliases = terms.flatMap(({ alias }) => alias ?? [])
  const twice = aliases.find((alias, at) => aliases.indexOf(alias) !== at)
  if (twice) throw new ApiFault(400, 'DUPLICATE_ALIAS', 'an alias is used twice', { alias: twice })
}

function parseList<Item>(cursor: CoqlCursor, word: string, most: number, read: () => Item) {
  if (!cursor.take(word)) return []
  cursor.keyword('by')
  const items = cursor.list(read)
  if (items.length > most) throw limitExceeded(`${word} by`, most)
  return items
}

function parseOrder(cursor: CoqlCursor) {
  const term = parseTerm(cursor, 'order by')
  const isDescending = cursor.take('desc')
  if (!isDescending) cursor.take('asc')
  return { ...term, isAscending: !isDescending }
}

/** `limit n`, `limit o, n` or `limit n offset o`. */
function parseLimits(cursor: CoqlCursor) {
  if (!cursor.take('limit')) return { limit: 200, offset: 0 }
  const first = cursor.whole('limit')
  if (cursor.take(',')) return { limit: cursor.whole('limit'), offset: first }
  return { limit: first, offset: cursor.take('offset') ? cursor.whole('offset') : 0 }
}

export function parseCoql(text: string): CoqlQuery {
  const cursor = new CoqlCursor(text)
  cursor.keyword('select')
  const terms = cursor.list(() => parseSelected(cursor))
  checkTerms(terms)
  cursor.keyword('from')
  const [module, view = null] = cursor.word('from').split('#')
  cursor.keyword('where')
  const where = parseConditions(cursor)
  const groupBy = parseList(cursor, 'group', MOST_GROUPS, () => cursor.column('group by'))
  const orderBy = parseList(cursor, 'order', MOST_ORDERS, () => parseOrder(cursor))
  const limits = parseLimits(cursor)
  if (cursor.peek.kind !== 'end') throw cursor.fault(cursor.peek.text)
  return { terms, module, view, where, groupBy, orderBy, ...limits }
}
