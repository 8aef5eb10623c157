import type { Connection, RowDataPacket } from 'mysql2'
import { BEHIND } from '#engine/ledger'
import type { Link } from '#engine/ledger'
import { executeOnMysql } from '#domain/runs/driver'
import { keptTarget } from '#domain/runs/link_store'
import type { LinkStore } from '#domain/runs/link_store'

const ROWS_PER_STATEMENT = 1000
const COLUMNS = 7

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
    const rows = links.keys.map((key, index) => [
      service,
      key,
      links.matches[index] ?? null,
      keptTarget(links, index),
      links.hashes[index],
      links.states[index],
      settledAt,
    ])
    for (const part of inParts(rows)) {
      const isFull = part.length === ROWS_PER_STATEMENT
      // To parse a statement of a thousand rows takes the server a fifth of the time.
      if (isFull) await executeOnMysql(raw, FULL, part.flat())
      else await query(raw, upsertOf('?'), [part])
    }
  },
}

function upsertOf(values: string): string {
  return `insert into record_links
      (service_number, source_key, match_key, target_id, hash, state, settled_at)
    values ${values} on duplicate key update
      match_key = values(match_key),
      target_id = if(values(state) = 'deleted' or left(values(hash), 1) = '${BEHIND}', null,
        coalesce(values(target_id), target_id)),
      hash = values(hash), state = values(state), settled_at = values(settled_at), fault = null`
}

const ROW = `(${new Array(COLUMNS).fill('?').join(', ')})`
const FULL = upsertOf(new Array(ROWS_PER_STATEMENT).fill(ROW).join(', '))
