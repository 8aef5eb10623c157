import type { JobRoute, Operation, StreamDescription, Value, WriteWish } from '#sdk'
import { collectJob } from './collect_job.js'
import { composeLines } from './compose_lines.js'
import { MOST_COLUMNS } from './plan_file.js'
import { JOB_CREDITS, submitJob } from './submit_job.js'

/** What only calls can do. */
const OF_CALLS = ['lockField', 'appendValues', 'assignmentRule', 'layoutRules']
const PLAIN = ['none', '']

interface Settings {
  [name: string]: Value
}

/** A file runs no automation, so what the service or else the connection names goes by calls. */
function runsAutomations({ options }: WriteWish, settings: Settings) {
  const own = String(options.trigger ?? '').trim()
  const trigger = own === '' ? String(settings.trigger ?? '').trim() : own
  return !PLAIN.includes(trigger)
}

function isSet(value: WriteWish['options'][string] | undefined) {
  return value !== null && value !== undefined && value !== '' && value !== false
}

/** A file adds rows to what is there, and joins them to records by the match field. */
function carriesRows({ operation, match, options }: WriteWish) {
  const adds = operation === 'insert' || options.rows === 'add'
  return adds && match.by === 'fields' && match.fields.length > 0
}

/** A file is joined to records by one field, where a call tries several in their order. */
function triesFields({ operation, match }: WriteWish) {
  return operation === 'upsert' && match.by === 'fields' && match.fields.length > 1
}

function suits(stream: StreamDescription, wish: WriteWish, settings: Settings): boolean {
  const { options, fields } = wish
  if (fields.length >= MOST_COLUMNS || OF_CALLS.some((name) => isSet(options[name]))) return false
  if (runsAutomations(wish, settings) || triesFields(wish)) return false
  const nested = stream.fields.filter(({ name, type }) => type === 'json' && fields.includes(name))
  if (nested.length === 0) return true
  return carriesRows(wish) && nested.every(({ rows, through }) => rows && !through)
}

/** Writes by a zipped CSV. Zoho charges the job, not its records. */
export function bulkRoute(
  stream: StreamDescription,
  operations: Operation[],
  settings: Settings = {}
): JobRoute {
  return {
    kind: 'job',
    name: 'bulk_write',
    operations,
    maxRecords: 25_000,
    cost: () => JOB_CREDITS,
    concurrency: 5,
    idempotent: operations.filter((operation) => operation !== 'insert'),
    suits: (wish) => suits(stream, wish, settings),
    compose: composeLines,
    submit: submitJob,
    collect: collectJob,
  }
}
