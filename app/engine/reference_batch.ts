import type { PlannedWrite, RecordValues, ServiceDefinition } from '#sdk'
import type { Run } from './run.js'
import type { Writing } from './writes_of.js'

/** The fields whose values refer to other records; of a delete there are none. */
export function referenceFields({ mapping, target }: ServiceDefinition): string[] {
  if (target.operation === 'delete') return []
  const byValue = mapping.filter(({ by }) => by !== undefined).map(({ to }) => to.split('.')[0])
  return [...new Set(byValue)]
}

/** Of a record only what refers to others. */
export function referencesIn(record: RecordValues, fields: string[]): RecordValues {
  const own = fields.filter((name) => record[name] !== undefined)
  return Object.fromEntries(own.map((name) => [name, record[name]]))
}

/** Records of which only the references matter, as they are written together. */
export function referenceBatch(
  { target: stream, options }: Run,
  route: string,
  writing: Writing,
  records: RecordValues[]
): PlannedWrite {
  const json = records.map(() => '')
  const ids = records.map(() => null)
  return { route, batch: { stream, ...writing, records, json, keys: json, ids, options } }
}
