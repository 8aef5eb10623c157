import db from '@adonisjs/lucid/services/db'

const MOST = 200
/** How the engine keeps the values that records are matched by; longer ones are kept as a digest. */
const MATCH = /^[\x20-\x7e]{1,40}$/
const TARGET = /^[\x20-\x7e]{1,64}$/

/** What is known of one source record in one service. */
export interface RecordLink {
  serviceId: string
  sourceKey: string
  targetId: string | null
  state: string
  fault: string | null
  settledAt: number
}

/** A tenant's links whose source key or target id is the text, or whose records are matched by it. */
export async function recordLinks(tenantId: string, text: string): Promise<RecordLink[]> {
  const match = text.trim().toLowerCase()
  const byKey = await linksOf(tenantId).where('l.source_key', text).limit(MOST)
  const byMatch = MATCH.test(match)
    ? await linksOf(tenantId).where('l.match_key', match).limit(MOST)
    : []
  const target = text.trim()
  const byTarget = TARGET.test(target)
    ? await linksOf(tenantId).where('l.target_id', target).limit(MOST)
    : []
  const rows = [...byKey, ...byMatch, ...byTarget].map((row) => ({
    ...row,
    settledAt: Number(row.settledAt),
  }))
  return [...new Map(rows.map((row) => [`${row.serviceId} ${row.sourceKey}`, row])).values()]
}

function linksOf(tenantId: string) {
  return db
    .from('services as s')
    .join('service_numbers as n', 'n.service_id', 's.id')
    .join('record_links as l', 'l.service_number', 'n.number')
    .where('s.tenant_id', tenantId)
    .select('s.id as serviceId', 'l.source_key as sourceKey', 'l.target_id as targetId')
    .select('l.state as state', 'l.fault as fault', 'l.settled_at as settledAt')
}
