import { FINAL_STATES } from '#domain/runs/run'
import type { RunState, Trigger } from '#domain/runs/run'
import { roleReaches } from '#domain/tenants/membership'
import type { Role } from '#domain/tenants/membership'
import type { RunPlace, RunSearch } from '#domain/runs/run_search'

/** What is looked for, as an address says it. */
export type RunFilter = { [name in Exclude<keyof RunSearch, 'readsMessages'>]: string | null }

const STATES: RunState[] = ['queued', 'held', 'running', 'cancelling', ...FINAL_STATES]
const TRIGGERS: Trigger[] = ['manual', 'schedule', 'webhook', 'replay']
const LONGEST = 255

type Asked = { [name: string]: unknown }

/** Reads a search from an address. What makes no sense is left out. */
export function readRunFilter(asked: Asked, services: string[]): RunFilter {
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LONGEST) : null
  }
  const oneOf = (name: string, known: readonly string[]) => {
    const value = text(name)
    return value !== null && known.includes(value) ? value : null
  }
  const time = (name: string) => {
    const at = new Date(text(name) ?? Number.NaN)
    return Number.isNaN(at.getTime()) ? null : at.toISOString()
  }
  const seconds = (name: string) => {
    const value = Number(text(name) ?? Number.NaN)
    return Number.isFinite(value) && value >= 0 && value < 1e9 ? String(value) : null
  }
  return {
    service: oneOf('service', services),
    state: oneOf('state', STATES),
    trigger: oneOf('trigger', TRIGGERS),
    from: time('from'),
    to: time('to'),
    longer: seconds('longer'),
    shorter: seconds('shorter'),
    error: text('error'),
    record: text('record'),
  }
}

/** Who may not see the records is not told by a search what is in them. */
export function searchOf({ state, trigger, ...filter }: RunFilter, role: Role): RunSearch {
  const number = (value: string | null) => (value === null ? null : Number(value))
  const instant = (value: string | null) => (value === null ? null : Date.parse(value))
  return {
    service: filter.service,
    state: STATES.find((known) => known === state) ?? null,
    trigger: TRIGGERS.find((known) => known === trigger) ?? null,
    from: instant(filter.from),
    to: instant(filter.to),
    longer: number(filter.longer),
    shorter: number(filter.shorter),
    error: filter.error,
    readsMessages: roleReaches(role, 'operator'),
    record: filter.record,
  }
}

/** A place in the list as an address says it; null where it makes no sense. */
export function readPlace(asked: unknown): RunPlace | null {
  const [, queuedAt, id] = /^(\d{1,15})_([\da-f-]{36})$/.exec(String(asked)) ?? []
  return queuedAt === undefined || id === undefined ? null : { queuedAt: Number(queuedAt), id }
}
