import type { Connection, RowDataPacket } from 'mysql2'
import { BEHIND } from '#engine/ledger'
import type { Link, LinkRows } from '#engine/ledger'
import { executeOnMysql, type Value } from '#domain/runs/driver'
import { keptTarget } from '#domain/runs/link_store'
import type { LinkStore } from '#domain/runs/link_store'

const ROWS_PER_STATEMENT = 1000

interface LinkRow extends RowDataPacket, Link {
  sourceKey: string
  matchKey: string | null
}

function query<Row extends RowDataPacket>(
  raw: Connection,
  sql: string,
  values: unknown[]
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    raw.query<Row[]>(sql, values, (error, rows) => (error === null ? resolve(rows) : reject(error)))
  })
}

function inParts<Item>(items: Item[]): Item[][] {
  const parts: Item[][] = []
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) {
    parts.push(items.slice(at, at + ROWS_PER_STATEMENT))
  }
  return parts
}

async function findLinks(raw: Connection, service: number, keys: string[]) {
  const links = new Map<string, Link>()
  for (const part of inParts(keys)) {
    const rows = await query<LinkRow>(
      raw,
      'select source_key sourceKey, target_id targetId, hash, state, fault from record_links where service_number = ? and source_key in (?)',
      [service, part]
    )
    for (const { sourceKey, targetId, hash, state, fault } of rows) {
      links.set(sourceKey, { targetId, hash, state, fault })
    }
  }
  return links
}

async function findOwners(raw: Connection, service: number, matches: string[]) {
  const owners = new Map<string, string[]>()
  for (const part of inParts(matches)) {
    const rows = await query<LinkRow>(
      raw,
      'select source_key sourceKey, match_key matchKey from record_links where service_number = ? and match_key in (?)',
      [service, part]
    )
    for (const { sourceKey, matchKey } of rows) {
      if (matchKey !== null) owners.set(matchKey, [...(owners.get(matchKey) ?? []), sourceKey])
    }
  }
  return owners
}

export const mysqlLinks: LinkStore<Connection> = {
  async match(raw, service, keys, matches) {
    const links = await findLinks(raw, service, keys)
    const owners = await findOwners(
      raw,
      service,
      matches.filter((match) => match !== null)
    )
    return keys.map((key, index) => ({
      link: links.get(key) ?? null,
      owner: owners.get(matches[index] ?? '')?.find((owner) => owner !== key) ?? null,
    }))
  },

  async write(raw, service, links) {
    const settledAt = Date.now()
    const rows = links.keys.length
    if (rows >= ROWS_PER_STATEMENT) await executeOnMysql(raw, SHARED, [service, settledAt])
    for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
      const end = Math.min(from + ROWS_PER_STATEMENT, rows)
      if (end - from < ROWS_PER_STATEMENT) {
        const row = rowOf({ service, state: '?', settledAt })
        await query(raw, upsertOf(row, end - from), valuesOf(links, from, end, true))
      } else if (links.states.slice(from, end).every(isSent)) {
        await executeOnMysql(raw, ALL_SENT, valuesOf(links, from, end, false))
      } else await executeOnMysql(raw, MIXED, valuesOf(links, from, end, true))
    }
  },
}

const isSent = (state: Link['state']) => state === 'sent'

function valuesOf(links: LinkRows, from: number, end: number, hasStates: boolean): Value[] {
  const values: Value[] = []
  for (let index = from; index < end; index++) {
    values.push(links.keys[index], links.matches[index], keptTarget(links, index))
    values.push(links.hashes[index])
    if (hasStates) values.push(links.states[index])
  }
  return values
}

function rowOf({ service, state, settledAt }: { [column: string]: string | number }): string {
  return `(${service}, ?, ?, ?, ?, ${state}, ${settledAt})`
}

function upsertOf(row: string, rows: number): string {
  return `insert into record_links
      (service_number, source_key, match_key, target_id, hash, state, settled_at)
    values ${new Array(rows).fill(row).join(', ')} on duplicate key update
      match_key = values(match_key),
      target_id = if(values(state) = 'deleted' or left(values(hash), 1) = '${BEHIND}', null,
        coalesce(values(target_id), target_id)),
      hash = values(hash), state = values(state), settled_at = values(settled_at), fault = null`
}

/** What all rows share. As a value of each it would be sent a thousand times. */
const SHARED = 'set @service = ?, @settled_at = ?'
const shared = { service: '@service', settledAt: '@settled_at' }
/** To parse a statement of a thousand rows takes the server a fifth of the time, so that these are prepared. */
const ALL_SENT = upsertOf(rowOf({ ...shared, state: "'sent'" }), ROWS_PER_STATEMENT)
const MIXED = upsertOf(rowOf({ ...shared, state: '?' }), ROWS_PER_STATEMENT)
