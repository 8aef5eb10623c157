import type { Value } from '#sdk'
import { coqlCredits, coqlLimit } from '../coql_credits.js'
import { recordCost } from '../../write/send_records.js'

const BULK_READ = 50
const BULK_WRITE = 500

/** What Zoho charges for a call, as far as its path and body tell. */
export function rawCredits(method: string, path: string, body: Value): number {
  const given: { [name: string]: Value } = Object(body)
  if (method === 'GET') return 1
  if (/\/coql\/?$/.test(path)) return coqlCredits(coqlLimit(String(given.select_query ?? '')))
  if (/\/bulk\/v[\d.]+\/read\/?$/.test(path)) return BULK_READ
  if (/\/bulk\/v[\d.]+\/write\/?$/.test(path)) return BULK_WRITE
  const rows = Array.isArray(given.data) ? given.data.length : 1
  return Math.max(1, recordCost(rows))
}
