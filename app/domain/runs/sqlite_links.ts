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
  /** Writes so many rows of one state at once. */
  upsert(rows: number): Statement
}

/** Rows of one statement: as many as fit of the first number, then of the second, then the rest. */
const ROWS_AT_ONCE = [500, 100]
/** Rows after which others get their turn: a job has tens of thousands, and calls wait meanwhile. */
const MOST_AT_ONCE = 2_000

const prepared = new WeakMap<Database, Prepared>()

function prepare(raw: Database): Prepared {
  const known = prepared.get(raw)
  if (known !== undefined) return known
  const full = new Map(ROWS_AT_ONCE.map((rows) => [rows, raw.prepare(upsertOf(rows))]))
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
    upsert: (rows) => full.get(rows) ?? raw.prepare(upsertOf(rows)),
  }
  prepared.set(raw, statements)
  return statements
}

/** What all rows have alike is bound once: binding is a third of what a row costs. */
function upsertOf(rows: number): string {
  return `insert into record_links
      (service_number, state, settled_at, source_key, match_key, target_id, hash)
    select ?, ?, ?, column1, column2, column3, column4
    from (values ${new Array(rows).fill('(?, ?, ?, ?)').join(', ')}) where true
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
    let written = 0
    const { states } = links
    for (const [state, rows] of Map.groupBy(states.keys(), (at) => states[at])) {
      for (let from = 0; from < rows.length;) {
        if (written >= MOST_AT_ONCE) {
          await setImmediate()
          written = 0
        }
        const left = rows.length - from
        const some = rows.slice(from, from + (ROWS_AT_ONCE.find((most) => most <= left) ?? left))
        const values: Array<string | number | null> = [service, state, settledAt]
        for (const at of some) {
          const match = links.matches[at] ?? null
          values.push(links.keys[at], match, keptTarget(links, at), links.hashes[at])
        }
        upsert(some.length).run(values)
        written += some.length
        from += some.length
      }
    }
  },
}

function asLink([targetId, hash, state, fault]: LinkRow): Link {
  return { targetId, hash, state, fault }
}
