import type { Reply } from '../server/call.js'
import type { BookCall } from './book_call.js'
import { invalidValue } from './book_fault.js'
import type { BookRecord } from './bookkeeping.js'

const MOST = 200

function whole(query: URLSearchParams, name: string, fallback: number, most: number) {
  const text = query.get(name) ?? String(fallback)
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
  throw invalidValue(name)
}

const words = (value: unknown) => String(value ?? '').toLowerCase()

/** `field`, `field_startswith` and `field_contains`, and `search_text` in any field. */
function fits(record: BookRecord, query: URLSearchParams) {
  return [...query].every(([name, given]) => {
    const wanted = given.toLowerCase()
    if (name === 'search_text') {
      return Object.values(record).some((value) => words(value).includes(wanted))
    }
    const [, field, way] = /^(.*?)(_startswith|_contains)?$/.exec(name) ?? []
    if (!(field in record)) return true
    const value = words(record[field])
    if (way === '_startswith') return value.startsWith(wanted)
    return way === '_contains' ? value.includes(wanted) : value === wanted
  })
}

/** A page of documents, and whether there is another. */
export function listDocuments({ books, resource, query }: BookCall): Reply {
  const page = whole(query, 'page', 1, Number.MAX_SAFE_INTEGER)
  const perPage = whole(query, 'per_page', MOST, MOST)
  const column = query.get('sort_column') ?? 'created_time'
  const order = query.get('sort_order') ?? 'A'
  if (order !== 'A' && order !== 'D') throw invalidValue('sort_order')
  const found = [...books.shelf(resource.path).values()].filter((record) => fits(record, query))
  found.sort((a, b) => words(a[column]).localeCompare(words(b[column])))
  if (order === 'D') found.reverse()
  const shown = found.slice((page - 1) * perPage, page * perPage)
  const body = {
    code: 0,
    message: 'success',
    [resource.path]: shown,
    page_context: {
      page,
      per_page: perPage,
      has_more_page: found.length > page * perPage,
      report_name: `${resource.label}s`,
      applied_filter: query.get('filter_by') ?? 'Status.All',
      sort_column: column,
      sort_order: order,
    },
  }
  return { status: 200, body }
}
