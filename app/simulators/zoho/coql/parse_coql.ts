import { ApiFault } from '../server/api_fault.js'
import type { CoqlComparator, CoqlCondition, CoqlLiteral, CoqlQuery } from './coql_query.js'
import { syntaxError, tokenizeCoql, type CoqlToken } from './tokenize_coql.js'

const SIGNS: readonly string[] = ['=', '!=', '>', '>=', '<', '<=']
const MOST_COLUMNS = 50
const MOST_CRITERIA = 25

export class CoqlParser {
  #tokens: CoqlToken[]
  #at = 0
  #criteria = 0

  constructor(query: string) {
    this.#tokens = tokenizeCoql(query)
  }

  parse(): CoqlQuery {
    this.#keyword('select')
    const columns = this.#list(() => this.#word('select'))
    if (columns.length > MOST_COLUMNS) throw limitExceeded('select', MOST_COLUMNS)
    this.#keyword('from')
    const module = this.#word('from')
    this.#keyword('where')
    const where = this.#conditions()
    const orderBy = this.#take('order') ? this.#ordering() : []
    const { limit, offset } = this.#limits()
    if (this.#peek.kind !== 'end') throw syntaxError(this.#peek.text, this.#peek.at)
    return { columns, module, where, orderBy, limit, offset }
  }

  get #peek() {
    return this.#tokens[this.#at]
  }

  #next() {
    const token = this.#peek
    if (token.kind !== 'end') this.#at += 1
    return token
  }

  #is(text: string) {
    const { kind, text: given } = this.#peek
    return (kind === 'word' || kind === 'sign') && given.toLowerCase() === text
  }

  #take(text: string) {
    if (!this.#is(text)) return false
    this.#at += 1
    return true
  }

  #keyword(text: string) {
    if (!this.#take(text)) throw syntaxError(text, this.#peek.at)
  }

  #word(clause: string) {
    const token = this.#next()
    if (token.kind !== 'word') throw syntaxError(clause, token.at)
    return token.text
  }

  #list<Item>(read: () => Item) {
    const items = [read()]
    while (this.#take(',')) items.push(read())
    return items
  }

  /** One condition, or two with a word between; a third needs its own brackets. */
  #conditions(): CoqlCondition {
    const left = this.#operand()
    const kind = this.#take('and') ? 'and' : this.#take('or') ? 'or' : null
    if (kind === null) return left
    return { kind, left, right: this.#operand() }
  }

  #operand(): CoqlCondition {
    if (this.#take('(')) {
      const inner = this.#conditions()
      this.#keyword(')')
      return inner
    }
    this.#criteria += 1
    if (this.#criteria > MOST_CRITERIA) throw limitExceeded('where', MOST_CRITERIA)
    const column = this.#word('where')
    const comparator = this.#comparator()
    return { kind: 'compare', column, comparator, values: this.#values(comparator) }
  }

  #comparator(): CoqlComparator {
    const { kind, text, at } = this.#next()
    if (kind === 'sign' && isSign(text)) return text
    const word = kind === 'word' ? text.toLowerCase() : ''
    if (word === 'is') {
      const isNot = this.#take('not')
      this.#keyword('null')
      return isNot ? 'is not null' : 'is null'
    }
    const isNot = word === 'not'
    const name = isNot ? this.#word('where').toLowerCase() : word
    if (name === 'in') return isNot ? 'not in' : 'in'
    if (name === 'like') return isNot ? 'not like' : 'like'
    if (name === 'between') return isNot ? 'not between' : 'between'
    throw syntaxError('where', at)
  }

  #values(comparator: CoqlComparator): CoqlLiteral[] {
    if (comparator.startsWith('is')) return []
    if (comparator.endsWith('in')) {
      this.#keyword('(')
      const values = this.#list(() => this.#literal())
      this.#keyword(')')
      return values
    }
    const first = this.#literal()
    if (!comparator.endsWith('between')) return [first]
    this.#keyword('and')
    return [first, this.#literal()]
  }

  #literal(): CoqlLiteral {
    const { kind, text, at } = this.#next()
    if (kind === 'text' || kind === 'number') return { kind, text }
    const word = text.toLowerCase()
    if (kind === 'word' && (word === 'true' || word === 'false')) {
      return { kind: 'boolean', text: word }
    }
    throw syntaxError('where', at)
  }

  #ordering() {
    this.#keyword('by')
    return this.#list(() => {
      const column = this.#word('order by')
      const isDescending = this.#take('desc')
      if (!isDescending) this.#take('asc')
      return { column, isAscending: !isDescending }
    })
  }

  #whole(clause: string) {
    const { kind, text, at } = this.#next()
    if (kind !== 'number' || !/^\d+$/.test(text)) throw syntaxError(clause, at)
    return Number(text)
  }

  /** `limit n`, `limit o, n` or `limit n offset o`. */
  #limits() {
    const standard = { limit: 200, offset: 0 }
    if (!this.#take('limit')) return standard
    const first = this.#whole('limit')
    if (this.#take(',')) return { limit: this.#whole('limit'), offset: first }
    return { limit: first, offset: this.#take('offset') ? this.#whole('offset') : 0 }
  }
}

function isSign(text: string): text is '=' | '!=' | '>' | '>=' | '<' | '<=' {
  return SIGNS.includes(text)
}

export function limitExceeded(clause: string, limit: number) {
  return new ApiFault(400, 'LIMIT_EXCEEDED', 'the limit of the query is exceeded', {
    clause,
    limit,
  })
}
