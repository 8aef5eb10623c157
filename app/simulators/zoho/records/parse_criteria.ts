import { ApiFault } from '../server/api_fault.js'

export interface Criterion {
  field: string
  operator: string
  values: string[]
}

export type Criteria =
  { kind: 'one'; criterion: Criterion } | { kind: 'and' | 'or'; parts: Criteria[] }

const MOST_CRITERIA = 10

function refuse(reason: string) {
  return new ApiFault(400, 'INVALID_QUERY', 'invalid query formed', { reason })
}

/** `(Field:operator:value)`, joined by and, or, and nested brackets. */
export class CriteriaParser {
  #at = 0
  #count = 0

  constructor(readonly text: string) {}

  parse(): Criteria {
    const whole = this.#joined()
    if (this.#at < this.text.length) throw refuse(`unexpected text at ${this.#at}`)
    return whole
  }

  #joined(): Criteria {
    let left = this.#group()
    for (;;) {
      const found = /^\s*(and|or)\s*/i.exec(this.text.slice(this.#at))
      if (!found) return left
      this.#at += found[0].length
      const kind = found[1].toLowerCase() === 'and' ? 'and' : 'or'
      left = { kind, parts: [left, this.#group()] }
    }
  }

  #group(): Criteria {
    if (this.text[this.#at] !== '(') throw refuse(`"(" expected at ${this.#at}`)
    this.#at += 1
    if (this.text[this.#at] === '(') {
      const inner = this.#joined()
      if (this.text[this.#at] !== ')') throw refuse(`")" expected at ${this.#at}`)
      this.#at += 1
      return inner
    }
    return { kind: 'one', criterion: this.#criterion() }
  }

  #criterion(): Criterion {
    this.#count += 1
    if (this.#count > MOST_CRITERIA) throw refuse(`more than ${MOST_CRITERIA} criteria`)
    const head = /^(\w+):(\w+):/.exec(this.text.slice(this.#at))
    if (!head) throw refuse(`Field:operator:value expected at ${this.#at}`)
    this.#at += head[0].length
    return { field: head[1], operator: head[2].toLowerCase(), values: this.#values() }
  }

  #values() {
    const values = ['']
    for (; this.#at < this.text.length; this.#at += 1) {
      const sign = this.text[this.#at]
      if (sign === ')') {
        this.#at += 1
        return values
      }
      if (sign === '(') throw refuse(`brackets in a value need a backslash, at ${this.#at}`)
      if (sign === ',') values.push('')
      else {
        if (sign === '\\') this.#at += 1
        values[values.length - 1] += this.text[this.#at] ?? ''
      }
    }
    throw refuse('a bracket is not closed')
  }
}
