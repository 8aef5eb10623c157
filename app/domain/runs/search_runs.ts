import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { codesSaying } from '#domain/runs/plain_cause'
import Run from '#domain/runs/run'
import { runsOfRecord } from '#domain/runs/runs_of_record'
import type { RunPlace, RunSearch } from '#domain/runs/run_search'

export interface Turn {
  /** Null for the latest. */
  from: RunPlace | null
  /** Towards the past unless told otherwise. */
  isNewer: boolean
  limit: number
}

type Query = DatabaseQueryBuilderContract<{ id: string }>

/**
 * The runs that fit a search, latest first, with their services. Their ids are found in an index
 * alone; only the rows of one page are read.
 */
export async function searchRuns(
  tenantId: string,
  search: RunSearch,
  { from, isNewer, limit }: Turn
): Promise<Run[]> {
  const { record } = search
  const ofRecord = record === null ? null : await runsOfRecord(tenantId, record)
  const query = matching(tenantId, search, ofRecord)
  const direction = isNewer ? 'asc' : 'desc'
  if (from !== null) startAt(query, from, isNewer ? '>' : '<')
  const found = await query
    .select('runs.id as id')
    .orderBy('runs.queued_at', direction)
    .orderBy('runs.id', direction)
    .limit(limit)
  const ids = found.map(({ id }) => id)
  const runs = await Run.query().whereIn('id', ids).preload('service')
  const byId = new Map(runs.map((run) => [run.id, run]))
  const sorted = ids.map((id) => byId.get(id)).filter((run) => run !== undefined)
  return isNewer ? sorted.reverse() : sorted
}

function matching(tenantId: string, search: RunSearch, ofRecord: string[] | null): Query {
  const { service, state, trigger, from, to, longer, shorter, error } = search
  const query = runsWith(tenantId, search)
  // A service is of one tenant, and so are hits: naming it twice leads databases to the wrong index.
  if (service !== null) query.where('runs.service_id', service)
  else if (error === null) query.where('runs.tenant_id', tenantId)
  if (state !== null) query.where('runs.state', state)
  if (trigger !== null) query.where('runs.trigger', trigger)
  if (from !== null) query.where('runs.queued_at', '>=', from)
  if (to !== null) query.where('runs.queued_at', '<=', to)
  if (longer !== null) query.where('runs.took', '>=', longer * 1000)
  if (shorter !== null) query.where('runs.took', '<=', shorter * 1000)
  if (ofRecord !== null) query.whereIn('runs.id', ofRecord)
  return query
}

function startAt(query: Query, { queuedAt, id }: RunPlace, than: '<' | '>'): void {
  query.where('runs.queued_at', `${than}=`, queuedAt).where((place) => {
    place
      .where('runs.queued_at', than, queuedAt)
      .orWhere((tie) => void tie.where('runs.queued_at', queuedAt).where('runs.id', than, id))
  })
}

function runsWith(tenantId: string, { error, readsMessages = false }: RunSearch): Query {
  if (error === null) return db.from('runs')
  const part = `%${error.replaceAll(/[!%_]/g, '!$&')}%`
  return db
    .from((hits) => {
      hits
        .from('runs')
        .where({ tenant_id: tenantId, state: 'failed' })
        .whereRaw("error_message like ? escape '!'", [part])
        .select('id')
        .union((letters) => {
          letters
            .from('dead_letters')
            .where('tenant_id', tenantId)
            .where((cause) => {
              cause.whereIn('code', codesSaying(error))
              const texts = ['code', 'field', ...(readsMessages ? ['message'] : [])]
              for (const text of texts) cause.orWhereRaw(`${text} like ? escape '!'`, [part])
            })
            .select('run_id')
        })
        .as('hits')
    })
    .join('runs', 'runs.id', 'hits.id')
}
