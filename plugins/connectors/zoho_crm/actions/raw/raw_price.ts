import type { Value } from '#sdk'
import { recordCost } from '../../write/send_records.js'
import { coqlCredits, coqlLimit } from '../coql_credits.js'
import { listPrice, type Price } from '../list_price.js'

const BULK_READ = 50
const BULK_WRITE = 500
const CONVERT = 5
/** Zoho shares ten places among all calls that carry more records than this. */
const LIGHT = 10

interface Given {
  [name: string]: Value
}

function partOf(part: Value): Price {
  const { method, uri, params, body }: Given = Object(part)
  const [path, search] = String(uri).split('?')
  const query = { ...Object.fromEntries(new URLSearchParams(search)), ...Object(params) }
  return rawPrice(String(method), path, { query, body })
}

/** A composite costs one credit besides what its calls cost alone. */
function ofComposite(parts: Value): number {
  const list = Array.isArray(parts) ? parts : []
  return list.reduce<number>((sum, part) => sum + (partOf(part).credits ?? 0), 1)
}

/** What Zoho charges for a call and how it counts it, as far as path, query and body tell. */
export function rawPrice(
  method: string,
  path: string,
  { query, body }: { query?: Value; body?: Value }
): Price {
  const given: Given = Object(body ?? {})
  if (method === 'GET') return listPrice(Object(query ?? {}))
  if (/\/coql\/?$/.test(path)) {
    const credits = coqlCredits(coqlLimit(String(given.select_query ?? '')))
    return { credits, lane: 'heavy' }
  }
  if (/\/__composite_requests\/?$/.test(path)) {
    return { credits: ofComposite(given.__composite_requests), lane: 'heavy' }
  }
  if (/\/actions\/convert\/?$/.test(path)) return { credits: CONVERT, lane: 'heavy' }
  if (/\/bulk\/v[\d.]+\/read\/?$/.test(path)) return { credits: BULK_READ }
  if (/\/bulk\/v[\d.]+\/write\/?$/.test(path)) return { credits: BULK_WRITE }
  const rows = Array.isArray(given.data) ? given.data.length : 1
  return { credits: Math.max(1, recordCost(rows)), ...(rows > LIGHT ? { lane: 'heavy' } : {}) }
}
