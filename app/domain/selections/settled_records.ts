import db from '@adonisjs/lucid/services/db'
import type Run from '#domain/runs/run'
import { serviceNumber } from '#domain/runs/service_number'

const KEYS_PER_STATEMENT = 500

export type RecordState =
  | 'waiting'
  | 'sending'
  | 'arrived'
  | 'deleted'
  | 'unchanged'
  | 'skipped'
  | 'rejected'
  | 'failed'
  | 'unclear'

export interface SettledRecord {
  key: string
  state: RecordState
  /** Why it did not arrive. */
  message: string | null
}

interface LinkRow {
  source_key: string
  state: string
  settled_at: number | string
}

/** What has become of each record that a run was asked for, in their order. */
export async function settledRecords(run: Run, keys: string[]): Promise<SettledRecord[]> {
  const links = new Map<string, LinkRow>()
  const letters = new Map<string, SettledRecord>()
  const number = await serviceNumber(run.serviceId)
  for (let from = 0; from < keys.length; from += KEYS_PER_STATEMENT) {
    const some = keys.slice(from, from + KEYS_PER_STATEMENT)
    for (const row of await linksOf(number, some)) links.set(row.source_key, row)
    for (const letter of await lettersOf(run.id, some)) letters.set(letter.key, letter)
  }
  return keys.map((key) => letters.get(key) ?? { key, ...stateBy(links.get(key), run) })
}

function stateBy(link: LinkRow | undefined, run: Run): Omit<SettledRecord, 'key'> {
  const startedAt = run.startedAt?.toMillis() ?? Infinity
  const isOfRun = link !== undefined && Number(link.settled_at) >= startedAt
  if (isOfRun && link.state === 'sent') return { state: 'arrived', message: null }
  if (isOfRun && link.state === 'deleted') return { state: 'deleted', message: null }
  if (isOfRun && link.state === 'sending' && !run.isFinal)
    return { state: 'sending', message: null }
  if (!run.isFinal) return { state: 'waiting', message: null }
  if (run.state === 'failed' || run.state === 'cancelled') {
    return { state: 'skipped', message: 'The run ended before its turn' }
  }
  if (link?.state === 'sent' || link?.state === 'deleted')
    return { state: 'unchanged', message: null }
  return { state: 'skipped', message: 'The service leaves it out, or it is not there any more' }
}

function linksOf(number: number, keys: string[]): Promise<LinkRow[]> {
  return db
    .from('record_links')
    .where('service_number', number)
    .whereIn('source_key', keys)
    .select('source_key', 'state', 'settled_at')
}

async function lettersOf(runId: string, keys: string[]): Promise<SettledRecord[]> {
  const rows = await db
    .from('dead_letters')
    .where('run_id', runId)
    .whereNull('resolved_at')
    .whereIn('source_key', keys)
    .select('source_key', 'outcome', 'message')
  return rows.map(({ source_key: key, outcome: state, message }) => ({ key, state, message }))
}
