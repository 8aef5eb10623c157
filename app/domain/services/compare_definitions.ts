import { isDeepStrictEqual } from 'node:util'
import type { MappingRow, ServiceDefinition, ServiceMatch } from '#sdk'
import { flagText } from '#domain/services/flag_text'
import { matchText } from '#domain/services/match_text'
import { scheduleText } from '#domain/services/schedule_text'

type Plain = { [name: string]: unknown }

const LABELS: { [part: string]: string } = {
  'name': 'Name',
  'kind': 'Kind',
  'source.connection': 'Source connection',
  'source.stream': 'Source stream',
  'source.filter': 'Filter',
  'source.view': 'View',
  'source.route': 'Way of reading',
  'source.live': 'Live reading',
  'source.duplicates': 'Duplicates in the source',
  'target.connection': 'Target connection',
  'target.stream': 'Target stream',
  'target.operation': 'Operation',
  'target.route': 'Way of writing',
  'target.options': 'Write options',
  'incremental': 'Incremental reading',
  'trigger': 'Changes that start a run',
  'brakes': 'Brakes',
}

const ROW_LABELS: { [part in Exclude<keyof MappingRow, 'to' | 'id'>]: string } = {
  from: 'source field',
  formula: 'formula',
  value: 'constant',
  when: 'conditions',
  default: 'default',
  as: 'conversion',
  by: 'lookup field',
  timezone: 'time zone',
  table: 'value table',
  clean: 'cleaning',
  check: 'check',
  private: 'privacy',
}

/** What a person would say of the change from one definition to another; empty where they are the same. */
export function compareDefinitions(before: ServiceDefinition, after: ServiceDefinition): string[] {
  const parts = Object.entries(LABELS).flatMap(([path, label]) =>
    changed(label, partOf(before, path), partOf(after, path))
  )
  const schedules = [before, after].map(({ schedule }) => scheduleText(schedule) ?? 'by hand only')
  const isSame = isDeepStrictEqual(before.schedule, after.schedule)
  const policies = 'Schedule: its rules for missed, overlapping or dark times changed'
  const schedule =
    schedules[0] === schedules[1] ? [policies] : changed('Schedule', schedules[0], schedules[1])
  const flags = [before, after].map(({ source }) => source.flag && flagText(source.flag))
  const matching = compareMatches(before.target.match, after.target.match)
  return [
    ...parts,
    ...changed('Sync flag', flags[0], flags[1]),
    ...matching,
    ...(isSame ? [] : schedule),
    ...compareRows(before.mapping, after.mapping),
  ]
}

function compareMatches(before: ServiceMatch, after: ServiceMatch): string[] {
  if (isDeepStrictEqual(before, after)) return []
  const texts = [matchText(before), matchText(after)]
  if (texts[0] === texts[1]) return []
  return [`Matching changed from ${texts[0]} to ${texts[1]}`]
}

function compareRows(before: MappingRow[], after: MappingRow[]): string[] {
  const old = new Map(before.map((row) => [row.to, row]))
  const kept = new Set(after.map((row) => row.to))
  const said = after.flatMap((row) => {
    const known = old.get(row.to)
    if (known === undefined) return [`${row.to} was added: ${originOf(row)}`]
    return Object.entries(ROW_LABELS).flatMap(([part, label]) =>
      changed(`${row.to}: ${label}`, partOf(known, part), partOf(row, part))
    )
  })
  const removed = before.filter((row) => !kept.has(row.to)).map((row) => `${row.to} was removed`)
  const order = before.map((row) => row.to).filter((name) => kept.has(name))
  const isMoved = !isDeepStrictEqual(
    order,
    after.map((row) => row.to).filter((name) => old.has(name))
  )
  return [...said, ...removed, ...(isMoved ? ['The fields are in another order'] : [])]
}

function originOf({ from, formula, value, when }: MappingRow): string {
  if (from !== undefined) return `from ${from}`
  if (formula !== undefined) return `formula ${formula}`
  return when === undefined ? `always ${shown(value)}` : 'by conditions'
}

function changed(label: string, before: unknown, after: unknown): string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (before === undefined) return [`${label} was set to ${shown(after)}`]
  if (after === undefined) return [`${label} was removed (it was ${shown(before)})`]
  return [`${label} changed from ${shown(before)} to ${shown(after)}`]
}

const WORDS: { [name: string]: string } = {
  minLength: 'at least this long',
  maxLength: 'at most this long',
  atRecords: 'at so many records',
}

/** Parts within parts too: who reads this may not know the file. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  const parts = Array.isArray(value)
    ? value.map(shown)
    : Object.entries(value).map(([name, part]) => `${WORDS[name] ?? name} ${shown(part)}`)
  return parts.length === 0 ? 'nothing' : parts.join(Array.isArray(value) ? '; ' : ', ')
}

function partOf(whole: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (part, name) =>
        typeof part === 'object' && part !== null ? (part as Plain)[name] : undefined,
      whole
    )
}
