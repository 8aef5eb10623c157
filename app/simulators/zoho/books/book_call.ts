import type { IncomingHttpHeaders } from 'node:http'
import { readForm } from '../server/read_form.js'
import { BookFault, invalidValue } from './book_fault.js'
import type { BookRecord, Bookkeeping } from './bookkeeping.js'
import type { BookResource } from './book_resources.js'

/** One call to a kind of documents. */
export interface BookCall {
  books: Bookkeeping
  resource: BookResource
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

/** The document sent: as JSON, or the older way, as JSON in a field of a form. */
export function sentDocument({ headers, body }: BookCall): BookRecord {
  const type = headers['content-type'] ?? ''
  const isForm = type.startsWith('multipart/') || type.includes('x-www-form-urlencoded')
  const text = isForm
    ? (readForm(new URLSearchParams(), body, type).get('JSONString') ?? '')
    : body.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BookFault(400, 4, `Invalid value passed for JSONString: ${reason}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as BookRecord
  }
  throw invalidValue('JSONString')
}

export function header({ headers }: Pick<BookCall, 'headers'>, name: string) {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
