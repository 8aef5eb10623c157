import { setImmediate } from 'node:timers/promises'
import type { Database, Statement } from 'better-sqlite3'
import { BEHIND } from '#engine/ledger'
import type { Link, Matched } from '#engine/ledger'
import { keptTarget } from '#domain/runs/link_store'
import type { LinkStore } from '#domain/runs/link_store'

type LinkRow = [targetId: string | null, hash: string, state: Link['state'], fault: string | null]

interface Prepared {
  find: Statement<[number, string], LinkRow>
  owner: Statement<[number, string, string], [string]>
  /** Writes so many rows at once. */
  upsert(rows: number): Statement
}

const COLUMNS = 7
const ROWS_AT_ONCE = 50
/** Rows after which others get their turn: a job has tens of thousands, and calls wait meanwhile. */
const MOST_AT_ONCE = 40 * ROWS_AT_ONCE

const prepared = new WeakMap<Database, Prepared>()

function prepare(raw: Database): Prepared {
  const known = prepared.get(raw)
  if (known !== undefined) return known
  const full = raw.prepare(upsertOf(ROWS_AT_ONCE))
  const statements: Prepared = {
    find: raw
      .prepare<[number, string], LinkRow>(
        'select target_id, hash, state, fault from record_links where service_number = ? and source_key = ?'
      )
      .raw(),
    owner: raw
      .prepare<[number, string, string], [string]>(
        'select source_key from record_links where service_number = ? and match_key = ? and source_key <> ? limit 1'
      )
      .raw(),
    upsert: (rows) => (rows === ROWS_AT_ONCE ? full : raw.prepare(upsertOf(rows))),
  }
  prepared.set(raw, statements)
  return statements
}

function upsertOf(rows: number): string {
  const row = `(${new Array(COLUMNS).fill('?').join(', ')})`
  return `insert into record_links
      (service_number, source_key, match_key, target_id, hash, state, settled_at)
    values ${new Array(rows).fill(row).join(', ')}
    on conflict (service_number, source_key) do update set
      match_key = excluded.match_key,
      target_id = case when excluded.state = 'deleted' or substr(excluded.hash, 1, 1) = '${BEHIND}' then null
        else coalesce(excluded.target_id, target_id) end,
      hash = excluded.hash, state = excluded.state, settled_at = excluded.settled_at,
      fault = null`
}

export const sqliteLinks: LinkStore<Database> = {
  async match(raw, service, keys, matches) {
    const { find, owner } = prepare(raw)
    return keys.map((key, index): Matched => {
      const row = find.get(service, key)
      const match = matches[index] ?? null
      const other = match === null ? undefined : owner.get(service, match, key)
      return { link: row === undefined ? null : asLink(row), owner: other?.[0] ?? null }
    })
  },

  async write(raw, service, links) {
    const { upsert } = prepare(raw)
    const settledAt = Date.now()
    const { keys, hashes, states } = links
    for (let from = 0; from < keys.length; from += ROWS_AT_ONCE) {
      if (from > 0 && from % MOST_AT_ONCE === 0) await setImmediate()
      const to = Math.min(from + ROWS_AT_ONCE, keys.length)
      const values: Array<string | number | null> = []
      for (let at = from; at < to; at += 1) {
        const match = links.matches[at] ?? null
        const target = keptTarget(links, at)
        values.push(service, keys[at], match, target, hashes[at], states[at], settledAt)
      }
      upsert(to - from).run(values)
    }
  },
}

function asLink([targetId, hash, state, fault]: LinkRow): Link {
  return { targetId, hash, state, fault }
}
