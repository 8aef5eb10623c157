import type { CoqlCursor } from './coql_cursor.js'
import type { CoqlComparator, CoqlCondition, CoqlLiteral } from './coql_query.js'
import { limitExceeded } from './limit_exceeded.js'

const SIGNS: readonly string[] = ['=', '!=', '>', '>=', '<', '<=']
const MOST_CRITERIA = 25

type Sign = '=' | '!=' | '>' | '>=' | '<' | '<='

const isSign = (text: string): text is Sign => SIGNS.includes(text)

class ConditionParser {
  #criteria = 0

  constructor(readonly cursor: CoqlCursor) {}

  /** One condition, or two with a word between; a third needs its own brackets. */
  conditions(): CoqlCondition {
    const left = this.#operand()
    const kind = this.cursor.take('and') ? 'and' : this.cursor.take('or') ? 'or' : null
    if (kind === null) return left
    return { kind, left, right: this.#operand() }
  }

  #operand(): CoqlCondition {
    const { cursor } = this
    if (cursor.take('(')) {
      const inner = this.conditions()
      cursor.keyword(')')
      return inner
    }
    this.#criteria += 1
    if (this.#criteria > MOST_CRITERIA) throw limitExceeded('where', MOST_CRITERIA)
    const column = cursor.column('where')
    const comparator = this.#comparator()
    return { kind: 'compare', column, comparator, values: this.#values(comparator) }
  }

  #comparator(): CoqlComparator {
    const { cursor } = this
    const { kind, text, at } = cursor.next()
    if (kind === 'sign' && text === '<>') return '!='
    if (kind === 'sign' && isSign(text)) return text
    const word = kind === 'word' ? text.toLowerCase() : ''
    if (word === 'is') {
      const isNot = cursor.take('not')
      cursor.keyword('null')
      return isNot ? 'is not null' : 'is null'
    }
    const isNot = word === 'not'
    const name = isNot ? cursor.word('where').toLowerCase() : word
    if (name === 'in') return isNot ? 'not in' : 'in'
    if (name === 'like') return isNot ? 'not like' : 'like'
    if (name === 'between') return isNot ? 'not between' : 'between'
    throw cursor.fault('where', at)
  }

  #values(comparator: CoqlComparator): CoqlLiteral[] {
    const { cursor } = this
    if (comparator.startsWith('is')) return []
    if (comparator.endsWith('in')) {
      cursor.keyword('(')
      const values = cursor.list(() => this.#literal())
      cursor.keyword(')')
      return values
    }
    const first = this.#literal()
    if (!comparator.endsWith('between')) return [first]
    cursor.keyword('and')
    return [first, this.#literal()]
  }

  #literal(): CoqlLiteral {
    const { kind, text, at } = this.cursor.next()
    if (kind === 'text' || kind === 'number') return { kind, text }
    const word = text.toLowerCase()
    if (kind === 'word' && (word === 'true' || word === 'false')) {
      return { kind: 'boolean', text: word }
    }
    throw this.cursor.fault('where', at)
  }
}

export const parseConditions = (cursor: CoqlCursor) => new ConditionParser(cursor).conditions()
