import type { Database, Statement } from 'better-sqlite3'
import type { Link, Matched } from '#engine/ledger'
import { ownedMatch } from '#domain/runs/link_store'
import type { LinkStore } from '#domain/runs/link_store'

type LinkRow = [targetId: string | null, hash: string, state: Link['state'], fault: string | null]

interface Prepared {
  find: Statement<[string, string], LinkRow>
  owner: Statement<[string, string, string], [string]>
  upsert: Statement
}

const prepared = new WeakMap<Database, Prepared>()

function prepare(raw: Database): Prepared {
  const known = prepared.get(raw)
  if (known !== undefined) return known
  const statements: Prepared = {
    find: raw
      .prepare<[string, string], LinkRow>(
        'select target_id, hash, state, fault from record_links where service_id = ? and source_key = ?'
      )
      .raw(),
    owner: raw
      .prepare<[string, string, string], [string]>(
        'select source_key from record_links where service_id = ? and match_key = ? and source_key <> ? limit 1'
      )
      .raw(),
    upsert: raw.prepare(
      `insert into record_links (service_id, source_key, match_key, target_id, hash, state, run_id)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (service_id, source_key) do update set
         match_key = excluded.match_key,
         target_id = coalesce(excluded.target_id, target_id),
         hash = excluded.hash, state = excluded.state, run_id = excluded.run_id, fault = null`
    ),
  }
  prepared.set(raw, statements)
  return statements
}

export const sqliteLinks: LinkStore<Database> = {
  async match(raw, serviceId, keys, matches) {
    const { find, owner } = prepare(raw)
    return keys.map((key, index): Matched => {
      const row = find.get(serviceId, key)
      const match = matches[index] ?? null
      const other = match === null ? undefined : owner.get(serviceId, match, key)
      return { link: row === undefined ? null : asLink(row), owner: other?.[0] ?? null }
    })
  },

  async write(raw, serviceId, runId, links) {
    const { upsert } = prepare(raw)
    links.keys.forEach((key, index) =>
      upsert.run(
        serviceId,
        key,
        ownedMatch(links, index),
        links.targetIds[index],
        links.hashes[index],
        links.states[index],
        runId
      )
    )
  },
}

function asLink([targetId, hash, state, fault]: LinkRow): Link {
  return { targetId, hash, state, fault }
}
