import { syntaxError, tokenizeCoql, type CoqlToken } from './tokenize_coql.js'

/** Walks over the words of a query. */
export class CoqlCursor {
  #tokens: CoqlToken[]
  #at = 0

  constructor(readonly query: string) {
    this.#tokens = tokenizeCoql(query)
  }

  get peek() {
    return this.#tokens[this.#at]
  }

  next() {
    const token = this.peek
    if (token.kind !== 'end') this.#at += 1
    return token
  }

  fault(clause: string, at = this.peek.at) {
    return syntaxError(this.query, clause, at)
  }

  is(text: string) {
    const { kind, text: given } = this.peek
    return (kind === 'word' || kind === 'sign') && given.toLowerCase() === text
  }

  /** Whether the word after the next one is this. */
  isAfter(text: string) {
    return this.#tokens[this.#at + 1]?.text === text
  }

  take(text: string) {
    if (!this.is(text)) return false
    this.#at += 1
    return true
  }

  keyword(text: string) {
    if (!this.take(text)) throw this.fault(text)
  }

  word(clause: string) {
    const token = this.next()
    if (token.kind !== 'word') throw this.fault(clause, token.at)
    return token.text
  }

  /** A column; in quotes when it goes over a lookup that leads to several modules. */
  column(clause: string) {
    const { kind, text } = this.peek
    return kind === 'text' && text.includes('->') ? this.next().text : this.word(clause)
  }

  list<Item>(read: () => Item) {
    const items = [read()]
    while (this.take(',')) items.push(read())
    return items
  }

  whole(clause: string) {
    const { kind, text, at } = this.next()
    if (kind !== 'number' || !/^\d+$/.test(text)) throw this.fault(clause, at)
    return Number(text)
  }
}
